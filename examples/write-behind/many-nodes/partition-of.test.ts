import { expect, test } from 'vitest';
import { guests } from '../../shared/user.ts';
import { partitionOf } from './partition-of.ts';

test.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('the hash of "%s" is the one that its specification gives', (key, hash) => {
  expect(partitionOf(key, 2 ** 32)).toBe(hash);
});

test('letters beyond ASCII are hashed by their bytes', () => {
  // The bytes of UTF-8, as text of one byte a letter, would be others.
  expect(partitionOf('é', 2 ** 32)).not.toBe(partitionOf('\u00e9!', 2 ** 32));
  expect(partitionOf('Trần', 2 ** 32)).toBe(hashOfBytes('Trần'));
});

test('keys spread evenly', () => {
  const counts = Array.from({ length: 16 }, () => 0);
  for (const { id } of guests(16_000)) {
    const partition = partitionOf(id, 16);
    counts[partition] = (counts[partition] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(800);
  expect(Math.max(...counts)).toBeLessThan(1200);
});

/** The same with whole numbers of any size, as the specification says it. */
function hashOfBytes(text: string): number {
  let hash = 0x811c9dc5n;
  for (const byte of Buffer.from(text, 'utf8')) {
    hash = ((hash ^ BigInt(byte)) * 0x01000193n) % 2n ** 32n;
  }
  return Number(hash);
}
