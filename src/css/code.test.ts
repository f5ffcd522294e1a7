import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { contrast, palettes } from './palette.ts';

const { light, dark } = palettes(
  readFileSync(path.join(import.meta.dirname, 'code.css'), 'utf8'),
);
const grounds = ['--code-ground', '--code-highlight'] as const;

describe.each([
  ['light', light],
  ['dark', dark],
])('in the %s theme', (_, palette) => {
  const roles = Object.keys(palette).filter(
    (role) => !(grounds as readonly string[]).includes(role),
  );

  test.each(roles)('%s is legible on both grounds', (role) => {
    for (const ground of grounds) {
      expect(
        contrast(palette[role] ?? '', palette[ground] ?? ''),
      ).toBeGreaterThanOrEqual(4.5);
    }
  });
});

test('both themes have all of the colours', () => {
  expect(Object.keys(light)).toHaveLength(11);
  for (const role of Object.keys(light)) {
    expect(dark[role]).not.toBe(light[role]);
  }
});
