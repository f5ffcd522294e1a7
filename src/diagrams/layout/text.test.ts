import { expect, test } from 'vitest';
import { fonts, sizeOfLines, sizeOfSection, widthOf } from './text.ts';

const { label, member, name } = fonts;

test('a Japanese character is as wide as it is high', () => {
  expect(widthOf('書込', label)).toBe(2 * label.size);
  expect(widthOf('キュー', label)).toBe(3 * label.size);
});

test('Vietnamese marks take no room, in either normal form', () => {
  const plain = widthOf('hang doi', label);
  expect(widthOf('hàng đợi'.normalize('NFC'), label)).toBe(plain);
  expect(widthOf('hàng đợi'.normalize('NFD'), label)).toBe(plain);
});

test('characters of code are all of the same width, but for Japanese', () => {
  expect(widthOf('ii', member)).toBe(widthOf('MM', member));
  expect(widthOf('キー', member)).toBe(2 * member.size);
});

test('bold text is wider', () => {
  expect(widthOf('Cache', name)).toBeGreaterThan(widthOf('Cache', label));
});

test('lines are as wide as the widest of them, and as high as all', () => {
  const { width, height } = sizeOfLines(['a', 'longer'], 'label');
  expect(width).toBe(widthOf('longer', label));
  expect(height).toBe(2 * sizeOfLines(['a'], 'label').height);
});

test('columns that are empty in all rows take no room', () => {
  const row = (...cells: string[]) => ({ style: 'member', cells }) as const;
  expect(sizeOfSection([row('text', '', 'id'), row('uuid', '', 'x')])).toEqual(
    sizeOfSection([row('text', 'id'), row('uuid', 'x')]),
  );
});
