import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { contrast, type Palette, palettes } from './palette.ts';

const read = (file: string) =>
  readFileSync(path.join(import.meta.dirname, file), 'utf8');
const { light, dark } = palettes(read('colours.css'));
const mark = [...read('../../static/img/mark.svg').matchAll(/#[\da-f]{6}/g)];

test('contrast is that of the standard', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#ffffff', '#ffffff')).toBe(1);
});

describe.each([
  ['light', light],
  ['dark', dark],
])('in the %s theme', (_, palette) => {
  const grounds = ['--db-paper', '--db-surface'] as const;

  test.each([
    '--db-ink',
    '--db-muted',
    '--db-accent',
    '--db-note',
    '--db-tip',
    '--db-info',
    '--db-warning',
    '--db-danger',
  ])('%s is legible as text', (role) => {
    for (const ground of grounds) {
      expect(contrastOf(palette, role, ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('the lit corner can be seen', () => {
    for (const ground of grounds) {
      expect(contrastOf(palette, '--db-lit', ground)).toBeGreaterThanOrEqual(3);
    }
  });

  test('the mark can be seen', () => {
    expect(mark).toHaveLength(2);
    for (const [colour] of mark) {
      expect(
        contrast(colour, palette['--db-paper'] ?? ''),
      ).toBeGreaterThanOrEqual(3);
    }
  });
});

test('the dark theme has colours of its own', () => {
  for (const role of ['--db-paper', '--db-ink', '--db-accent', '--db-lit']) {
    expect(dark[role]).not.toBe(light[role]);
  }
});

function contrastOf(palette: Palette, one: string, other: string): number {
  return contrast(palette[one] ?? '', palette[other] ?? '');
}
