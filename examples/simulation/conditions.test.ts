import { expect, test } from 'vitest';
import type { Limits } from '../conformance/world.ts';
import { inWords } from './conditions.ts';
import type { Weather } from './weather.ts';

const limits: Limits = {
  maxBatchSize: 3,
  maxDelayMs: 20,
  maxPending: 5,
  whenFull: 'reject',
  maxEntries: 2,
  retry: { attempts: 4, baseDelayMs: 7, maxDelayMs: 50 },
};

const fine: Weather = {
  slowMs: 0,
  failing: 0,
  partial: 0,
  unreadable: 0,
  poison: 'none',
  isPermanent: false,
};

const storeIn = (weather: Partial<Weather>) =>
  inWords(limits, { ...fine, ...weather })[1];

test('the limits of the cache are told', () => {
  expect(inWords(limits, fine)[0]).toBe(
    'Limits: batches of 3, a delay of 20 ms, 5 pending keys (then reject), ' +
      '2 in memory, 4 attempts (backoff 7 to 50 ms).',
  );
  const retry = { ...limits.retry, attempts: 1 };
  expect(inWords({ ...limits, retry }, fine)[0]).toMatch(/, 1 attempt\.$/);
});

test('so is what the store does to the calls', () => {
  expect(storeIn({})).toBe('Store: no call takes any time, nothing fails.');
  expect(storeIn({ slowMs: 40, failing: 10, partial: 40, unreadable: 5 })).toBe(
    'Store: up to 40 ms each way, 10 of 100 writes fail, ' +
      '40 of 100 writes fail in part, 5 of 100 reads fail.',
  );
});

test('and what it refuses', () => {
  expect(storeIn({ poison: 'named' })).toContain(", 'poison' is refused.");
  expect(storeIn({ poison: 'whole batch', isPermanent: true })).toContain(
    ", each batch with 'poison' is refused for good.",
  );
});
