import { expect, test } from 'vitest';
import { families } from './families.ts';

test('each family reads what it says', () => {
  const observed = {
    acknowledgedAfter: [30, 20, 20, 20],
    gets: 10,
    hits: 4,
    databaseReads: 5,
    databaseWrites: 2,
    rows: 3,
  };
  const values = Object.entries(families).map(([name, { value }]) => [
    name,
    value(observed),
  ]);
  expect(Object.fromEntries(values)).toEqual({
    'ack-median': 20,
    'ack-p99': expect.closeTo(29.7),
    rows: 3 / 4,
    'database-writes': 2 / 4,
    'database-reads': 5 / 10,
    'hit-rate': 4 / 10,
  });
});
