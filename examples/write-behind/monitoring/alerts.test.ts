import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { AlertEvaluator, rulesIn } from './alert-evaluator.ts';
import { demo } from './alerts.ts';
import { alertRules, scrapedCache } from './scraped-cache.ts';

// #region fires
test('a queue over 1,000 fires after a minute, until it drains', async () => {
  const { store, pass, writeNewKeys, stateOf, monitor } = scrapedCache();
  store.hang();
  await pass(45, writeNewKeys(25));
  expect(monitor.readings().queueSize).toBe(1125);
  expect(stateOf('WriteBehindQueueLong')).toBe('pending');
  await pass(45);
  expect(stateOf('WriteBehindQueueLong')).toBe('pending');
  await pass(15);
  expect(stateOf('WriteBehindQueueLong')).toBe('firing');
  store.recover();
  await pass(15);
  expect(stateOf('WriteBehindQueueLong')).toBe('inactive');
});
// #endregion fires

test('a queue of exactly 1,000 keys is no alert', async () => {
  const { store, pass, writeNewKeys, stateOf } = scrapedCache();
  store.hang();
  await writeNewKeys(1000)();
  await pass(120);
  expect(stateOf('WriteBehindQueueLong')).toBe('inactive');
  await writeNewKeys(1)();
  await pass(75);
  expect(stateOf('WriteBehindQueueLong')).toBe('firing');
});

test('a queue that is short again in between begins anew', async () => {
  const { store, pass, writeNewKeys, stateOf } = scrapedCache();
  for (let stall = 0; stall < 3; stall += 1) {
    store.hang();
    await pass(45, writeNewKeys(25));
    expect(stateOf('WriteBehindQueueLong')).toBe('pending');
    store.recover();
    await pass(15);
    expect(stateOf('WriteBehindQueueLong')).toBe('inactive');
  }
});

test('a few hot keys and a store that hangs fire by age', async () => {
  const { store, pass, cache, stateOf } = scrapedCache();
  store.hang();
  await pass(120, () => cache.set('home', 1));
  expect(stateOf('WriteBehindQueueLong')).toBe('inactive');
  expect(stateOf('WriteBehindWriteOld')).toBe('firing');
});

test('a dead letter fires at once, and for a quarter of an hour', async () => {
  const { store, pass, cache, stateOf } = scrapedCache();
  await pass(15);
  store.breakKey('linh', Object.assign(new Error(), { permanent: true }));
  await cache.set('linh', 1);
  await pass(15);
  expect(stateOf('WriteBehindDeadLetter')).toBe('firing');
  await pass(14 * 60);
  expect(stateOf('WriteBehindDeadLetter')).toBe('firing');
  await pass(60);
  expect(stateOf('WriteBehindDeadLetter')).toBe('inactive');
});

test('a store that answers with errors fires by dead letters, not by size', async () => {
  const { store, pass, writeNewKeys, stateOf, monitor } = scrapedCache();
  await pass(15);
  store.failNextWrites(...Array.from({ length: 1000 }, () => new Error()));
  await pass(60, writeNewKeys(25));
  expect(monitor.readings().queueSize).toBeLessThan(100);
  expect(stateOf('WriteBehindQueueLong')).toBe('inactive');
  expect(stateOf('WriteBehindDeadLetter')).toBe('firing');
});

test('drift fires, and so does a reconciliation that is late', async () => {
  const { monitor, pass, stateOf } = scrapedCache();
  await pass(15);
  expect(stateOf('WriteBehindDrift')).toBe('inactive');
  monitor.reconciled(3);
  await pass(15);
  expect(stateOf('WriteBehindDrift')).toBe('firing');
  monitor.reconciled(0);
  await pass(7200);
  expect(stateOf('WriteBehindDrift')).toBe('inactive');
  expect(stateOf('WriteBehindReconciliationLate')).toBe('inactive');
  await pass(15);
  expect(stateOf('WriteBehindReconciliationLate')).toBe('firing');
});

test('who never reconciles is not told that it is late', async () => {
  const { pass, stateOf } = scrapedCache();
  await pass(7500);
  expect(stateOf('WriteBehindReconciliationLate')).toBe('inactive');
});

test('a process that is gone is an alert of its own', async () => {
  const { clock, scrape, stateOf } = scrapedCache();
  await scrape();
  expect(stateOf('WriteBehindAbsent')).toBe('inactive');
  await scrape(new Registry());
  expect(stateOf('WriteBehindAbsent')).toBe('pending');
  await clock.advance(300_000);
  await scrape(new Registry());
  expect(stateOf('WriteBehindAbsent')).toBe('firing');
});

test('a queue over 8,000 keys fires within half a minute', async () => {
  const { store, pass, writeNewKeys, stateOf } = scrapedCache();
  store.hang();
  await writeNewKeys(8001)();
  await pass(45);
  expect(stateOf('WriteBehindQueueNearlyFull')).toBe('firing');
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('alerts.out.txt');
});

describe('the evaluator', () => {
  const rule = { alert: 'A', labels: {}, annotations: {} };
  const sample = (value: number, cache = 'a') => [
    { name: 'm', labels: { cache }, value },
  ];

  test('judges each series by itself', () => {
    const evaluator = new AlertEvaluator([
      { ...rule, expr: 'm > 1', for: '1m' },
    ]);
    evaluator.evaluate(sample(2, 'a'), 0);
    const both = [...sample(2, 'a'), ...sample(3, 'b')];
    expect(evaluator.evaluate(both, 60_000)).toMatchObject([
      { labels: { cache: 'a' }, state: 'firing', value: 2 },
      { labels: { cache: 'b' }, state: 'pending', value: 3 },
    ]);
  });

  test('takes a counter that falls for one that began at 0 again', () => {
    const evaluator = new AlertEvaluator([
      { ...rule, expr: 'increase(m[5m]) > 0' },
    ]);
    const increaseAt = (value: number, now: number) =>
      evaluator.evaluate(sample(value), now)[0]?.value;
    expect(increaseAt(7, 0)).toBeUndefined();
    expect(increaseAt(9, 60_000)).toBe(2);
    expect(increaseAt(1, 120_000)).toBe(3);
  });

  test.each(['m >= 1', 'rate(m[5m]) > 0', 'increase(m[5m]) > 3', 'm > n'])(
    'refuses %s, which it does not know',
    (expr) => {
      const evaluator = new AlertEvaluator([{ ...rule, expr }]);
      expect(() => evaluator.evaluate(sample(1), 0)).toThrow(
        `cannot evaluate ${expr}`,
      );
    },
  );

  test.each([
    ['1d', 'expected a duration such as 1m, got 1d'],
    ['16m', 'expected 15m at most, got 16m'],
  ])('refuses to wait for %s', (holdFor, message) => {
    const evaluator = new AlertEvaluator([
      { ...rule, expr: 'm > 0', for: holdFor },
    ]);
    expect(() => evaluator.evaluate(sample(1), 0)).toThrow(message);
  });

  test('refuses a rule with fields that it would overlook', () => {
    const yaml =
      'groups: [{ rules: [{ alert: A, expr: m > 0, keep_firing_for: 5m }] }]';
    expect(() => rulesIn(yaml)).toThrow('keep_firing_for');
    expect(alertRules).toHaveLength(7);
  });
});
