import { expect, test } from 'vitest';
import { Log, type LogLine, settings } from './logging.ts';
import { databaseOf, startedAt } from './processes.ts';

async function setUp() {
  const clock = await startedAt(0);
  const store = databaseOf<LogLine>();
  return { clock, store, log: new Log(store, 'web-1', clock) };
}

// #region crash
test('a crash costs the lines of the last delay', async () => {
  const { clock, store, log } = await setUp();
  for (let line = 0; line < 500; line += 1) {
    log.write('info', `request ${line}`);
    await clock.advance(1);
  }
  const lost = 500 - store.entries().length;
  expect(lost).toBeGreaterThan(0);
  expect(lost).toBeLessThanOrEqual(settings.maxDelayMs);
});
// #endregion crash

test('an outage costs lines, and no request waits for one', async () => {
  const { clock, store, log } = await setUp();
  store.hang();
  for (let line = 0; line < 3000; line += 1) log.write('info', 'request');
  await clock.advance(1000);
  expect(log.dropped).toBe(3000 - settings.maxPending);
  store.recover();
  await clock.advance(1000);
  expect(store.entries()).toHaveLength(settings.maxPending);
});

test('a line that is given up is dropped, and makes room', async () => {
  const { clock, store, log } = await setUp();
  const refusals = Array.from(
    { length: settings.retry.attempts },
    () => new Error('the row is refused'),
  );
  store.failNextWrites(...refusals);
  log.write('info', 'request');
  await clock.advance(60_000);
  expect(log.dropped).toBe(1);
});

test('no line replaces another one', async () => {
  const { clock, store, log } = await setUp();
  log.write('error', 'out of stock');
  log.write('error', 'out of stock');
  await clock.advance(settings.maxDelayMs);
  expect(store.entries()).toHaveLength(2);
});

test('a process that restarts replaces no line of the last one', async () => {
  const { clock, store, log } = await setUp();
  log.write('info', 'started');
  await clock.advance(settings.maxDelayMs);

  const after = await startedAt(60_000);
  const next = new Log(store, 'web-1', after);
  next.write('info', 'started');
  await after.advance(settings.maxDelayMs);
  const times = store.entries().map(([, { at }]) => at);
  expect(times).toEqual([0, 60_000]);
});
