/** What colours a style sheet names, and whether they can be told apart. */

export type Palette = Readonly<Record<string, string>>;

/** The colours of a style sheet: `--name: #rrggbb`, in both themes. */
export function palettes(css: string): { light: Palette; dark: Palette } {
  const start = css.indexOf('[data-theme="dark"]');
  const end = css.indexOf('}', start);
  const light = colours(css.slice(0, start) + css.slice(end));
  return { light, dark: { ...light, ...colours(css.slice(start, end)) } };
}

/** The contrast of two colours by WCAG: from 1, the same, to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort(
    (a, b) => a - b,
  );
  return (lighter + 0.05) / (darker + 0.05);
}

function colours(css: string): Palette {
  return Object.fromEntries(
    [...css.matchAll(/(--[\w-]+):\s*(#[\da-f]{6})/g)].map(
      ([, name = '', colour = '']) => [name, colour],
    ),
  );
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
