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
  store.breakKey('web-1-1');
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
