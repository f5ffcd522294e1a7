import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { PatientStore, type PatientStoreOptions } from './patient-store.ts';

const away = new Error('connect ECONNREFUSED 127.0.0.1:5432');

const batch: readonly Operation<string, number>[] = [
  { type: 'set', key: 'linh', value: 1, version: 1 },
  { type: 'set', key: 'haruka', value: 2, version: 2 },
];

function setUp(options: Partial<PatientStoreOptions<string, number>> = {}) {
  const clock = new VirtualClock();
  const database = new InMemoryStore<string, number>({ clock });
  const store = new PatientStore<string, number>({
    ...{ store: database, clock, random: () => 0.5 },
    isAway: (error) => error === away,
    ...options,
  });
  return { clock, database, store };
}

test('a batch comes again as it was until the database is back', async () => {
  const { clock, database, store } = setUp();
  database.failNextWrites(away, away, away);
  await clock.until(store.write(batch));
  expect(database.counts()).toMatchObject({ writes: 4, rows: 2 });
  // Three pauses of 750 ms: between a half and all of a second.
  expect(clock.now()).toBe(2250);
});

test('what a row may be to blame for is told at once', async () => {
  const { clock, database, store } = setUp();
  const deadlock = new Error('deadlock detected');
  database.failNextWrites(deadlock);
  await expect(store.write(batch)).rejects.toBe(deadlock);
  expect(clock.now()).toBe(0);
});

test('when its patience is over, it tells', async () => {
  const { clock, database, store } = setUp({ patienceMs: 2000 });
  database.failNextWrites(away, away, away, away, away);
  await expect(clock.until(store.write(batch))).rejects.toBe(away);
  expect(clock.now()).toBe(2250);
});

test('a reader need not wait for a database that is away', async () => {
  const { database, store } = setUp();
  database.failNextReads(away);
  await expect(store.read('linh')).rejects.toBe(away);
});

test('what becomes of the batch on its way changes no later attempt', async () => {
  const { clock, database } = setUp();
  const eager = new PatientStore<string, number>({
    store: {
      read: (key) => database.read(key),
      async write(operations) {
        await database.write([...operations]).finally(() => {
          (operations as Operation<string, number>[]).length = 0;
        });
      },
    },
    ...{ isAway: () => true, clock, random: () => 0 },
  });
  database.failNextWrites(away);
  await clock.until(eager.write(batch));
  expect(database.entries()).toHaveLength(2);
});

test('an option that makes no sense is refused', () => {
  expect(() => setUp({ patienceMs: -1 })).toThrow('patienceMs: expected');
  expect(() => setUp({ pauseMs: Number.NaN })).toThrow('pauseMs: expected');
});
