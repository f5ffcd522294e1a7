/**
 * The framework puts all labels of a language into one file that every page
 * loads. Here each component brings those that it names, and that file keeps
 * the framework's own.
 */
export type Labels = Readonly<Record<string, string>>;

/** The ids of labels that are ours. */
const ours = /\bdirtyBit(?:\.\w+)+\b/g;

/** The source, with its labels put where the framework looks them up. */
export function bringLabels(source: string, labels: Labels): string {
  const ids = new Set(source.match(ours));
  const brought = Object.entries(labels).filter(([id]) => ids.has(id));
  if (brought.length === 0) return source;
  // On the first line, so that no other has a new number.
  return [
    `import labels__ from '@generated/codeTranslations';`,
    `Object.assign(labels__, ${JSON.stringify(Object.fromEntries(brought))});`,
    source,
  ].join(' ');
}

/** What is left when every component brings its own. */
export function withoutOurs(labels: Labels): Labels {
  return Object.fromEntries(
    Object.entries(labels).filter(([id]) => id.match(ours)?.[0] !== id),
  );
}
