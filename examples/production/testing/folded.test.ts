import { expect, test } from 'vitest';
import { folded } from './folded.ts';

test('a line that is too long goes on below, further right', () => {
  const text = `short\n${'a'.repeat(50)} ${'b'.repeat(30)} ${'c'.repeat(40)}`;
  const indent = ' '.repeat(11);
  expect(folded(text)).toBe(
    `short
${'a'.repeat(50)}
${indent}${'b'.repeat(30)}
${indent}${'c'.repeat(40)}`,
  );
});

test('80 columns are not too long, and a long word stays whole', () => {
  const fits = `${'a'.repeat(39)} ${'b'.repeat(40)}`;
  expect(folded(fits)).toBe(fits);
  expect(folded('x'.repeat(100))).toBe('x'.repeat(100));
});
