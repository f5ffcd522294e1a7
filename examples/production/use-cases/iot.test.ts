import { expect, test } from 'vitest';
import { devices, LatestReadings, type Reading, settings } from './iot.ts';
import { databaseOf, startedAt } from './processes.ts';

async function setUp() {
  const clock = await startedAt(0);
  const store = databaseOf<Reading>();
  return { clock, store, readings: new LatestReadings(store, clock) };
}

async function reportAll(readings: LatestReadings, at: number): Promise<void> {
  for (let device = 0; device < devices; device += 1) {
    await readings.report(`sensor-${device}`, { at, celsius: 20 });
  }
}

test('an hour of maintenance refuses nothing and holds one row a device', async () => {
  const { clock, store, readings } = await setUp();
  // What memory does not know must be read first, and nobody could.
  await clock.until(reportAll(readings, 0));
  store.hang();
  for (let minute = 1; minute < 60; minute += 1) {
    await reportAll(readings, minute);
    await clock.advance(60_000);
  }
  store.recover();
  await clock.advance(60_000);
  expect(store.entries()).toHaveLength(devices);
  expect(store.entries().every(([, { at }]) => at === 59)).toBe(true);
});

test('nor does one in which the database refuses all', async () => {
  const { clock, store, readings } = await setUp();
  const minutes = 60;
  store.breakKey('sensor-1', new Error('read-only'));
  for (let minute = 0; minute < minutes; minute += 1) {
    await readings.report('sensor-1', { at: minute, celsius: 20 });
    await clock.advance(60_000);
  }
  store.mendKey('sensor-1');
  await clock.advance(60_000);
  expect(store.peek('sensor-1')?.at).toBe(minutes - 1);
});

// #region late
test('what arrives late replaces nothing newer', async () => {
  const { clock, store, readings } = await setUp();
  await readings.report('sensor-1', { at: 20, celsius: 21.5 });
  await readings.report('sensor-1', { at: 10, celsius: 19 });
  expect(await readings.latest('sensor-1')).toEqual({ at: 20, celsius: 21.5 });
  await clock.advance(settings.maxDelayMs);
  expect(store.peek('sensor-1')).toEqual({ at: 20, celsius: 21.5 });
});
// #endregion late

test('a second process replaces a newer reading that it does not know', async () => {
  const { clock, store, readings } = await setUp();
  const others = new LatestReadings(store, clock);
  await readings.report('sensor-1', { at: 10, celsius: 19 });
  await others.report('sensor-1', { at: 30, celsius: 22 });
  await clock.advance(settings.maxDelayMs);
  expect(store.peek('sensor-1')?.at).toBe(30);
  await readings.report('sensor-1', { at: 20, celsius: 21.5 });
  await clock.advance(settings.maxDelayMs);
  expect(store.peek('sensor-1')?.at).toBe(20);
});

// #region crash
test('a crash costs what the next report brings back', async () => {
  const { store, readings } = await setUp();
  await readings.report('sensor-1', { at: 10, celsius: 21 });
  expect(store.peek('sensor-1')).toBeUndefined();

  const clock = await startedAt(20_000);
  const next = new LatestReadings(store, clock);
  await next.report('sensor-1', { at: 20, celsius: 21.5 });
  await clock.advance(settings.maxDelayMs);
  expect(store.peek('sensor-1')).toEqual({ at: 20, celsius: 21.5 });
});
// #endregion crash
