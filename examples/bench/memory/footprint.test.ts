import { afterEach, beforeEach, expect, test } from 'vitest';
import { bytesOfOne } from './footprint.ts';

const { gc } = globalThis;

// `npm run bench` has a real one. What is in use is of no interest here.
beforeEach(() => {
  globalThis.gc = (async () => {}) as NodeJS.GCFunction;
});

afterEach(() => {
  globalThis.gc = gc;
});

test('what does not hold what it should is not measured', async () => {
  const holder = { fill: async () => {}, held: () => 9 };
  const measuring = bytesOfOne(holder, 10, String);
  await expect(measuring).rejects.toThrow('expected 10, and it holds 9');
});
