import { expect, test } from 'vitest';
import { type Addition, Ledger } from './ledger.ts';

function filled(count: number) {
  const ledger = new Ledger();
  const additions: Addition[] = [];
  for (let number = 0; number < count; number += 1) {
    const addition = ledger.add('/lamp');
    if (addition !== undefined) additions.push(addition);
  }
  const total = (...times: readonly number[]) =>
    additions.reduce((sum, { by }, index) => sum + by * (times[index] ?? 1), 0);
  const verdictOn = (count: number) => ledger.compare(() => count);
  return { ledger, additions, total, verdictOn };
}

test('each addition that is there once is right', () => {
  const { total, verdictOn } = filled(26);
  const right = { additions: 26, lost: 0, repeated: 0 };
  expect(verdictOn(total())).toEqual(right);
});

test('one that is missing does not make up for one that is there twice', () => {
  const { total, verdictOn } = filled(5);
  expect(verdictOn(total(2, 0))).toMatchObject({ lost: 1, repeated: 1 });
  expect(verdictOn(total(1, 3, 1, 1, 0))).toMatchObject({
    lost: 1,
    repeated: 1,
  });
});

test('the last one is seen even where it is there very often', () => {
  const { total, verdictOn } = filled(2);
  expect(verdictOn(total(1, 5)).repeated).toBeGreaterThan(0);
});

test('one that a dead process had not made safe may be missing', () => {
  const { additions, total, verdictOn } = filled(2);
  for (const addition of additions) addition.isUnsure = true;
  expect(verdictOn(total(0, 1))).toMatchObject({ lost: 0, repeated: 0 });
  expect(verdictOn(total(0, 2))).toMatchObject({ lost: 0, repeated: 1 });
});

test('no counter has more additions than its total has digits', () => {
  const { ledger } = filled(26);
  expect(ledger.add('/lamp')).toBeUndefined();
  expect(ledger.add('/home')?.by).toBe(1);
});
