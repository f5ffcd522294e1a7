import { expect, test, vi } from 'vitest';
import type { Candidate } from '../../conformance/candidate.ts';
import { SurvivingDisk } from '../../conformance/surviving-disk.ts';
import { World } from '../../conformance/world.ts';
import { type Clock, sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { DurableLog, type LogRecord } from './durable-log.ts';
import { demo, FixedCache } from './fixed.ts';

const fixed: Candidate = {
  name: 'offset-past-failure, mended',
  isDurable: true,
  create: (setting) => new FixedCache(setting),
};

test('P9 is kept: what failed is replayed by the next process', async () => {
  const world = new World<number>({
    readMs: 0,
    limits: { maxBatchSize: 1 },
    decide: ({ keys }) => ({ refused: keys.filter((it) => it === '/home') }),
  });
  const killed = world.start(fixed);
  await killed.cache.set('/home', 42);
  await killed.cache.set('/docs', 7);
  await world.outcome(killed.cache.flush());
  killed.crash();

  world.store.heal();
  const next = world.start(fixed);
  expect(await next.cache.get('/home')).toBe(42);
  await world.outcome(next.cache.flush());

  expect(world.store.peek('/home')).toBe(42);
});

// Two batches go out one after the other, from 100 ms and from 200 ms on.
test.each([0, 50, 99, 101, 110, 119, 121, 130, 139, 141, 201, 210, 221, 241])(
  'killed after %i ms, and again while it replays, it loses nothing',
  async (ms) => {
    const world = new World<number>({
      rows: [['/old', 9]],
      writeMs: 20,
      limits: { maxBatchSize: 2 },
      decide: ({ keys }) => ({ refused: keys.filter((it) => it === '/home') }),
    });
    const killed = world.start(fixed);
    await killed.cache.set('/home', 41);
    await killed.cache.set('/docs', 7);
    await killed.cache.delete('/old');
    await killed.cache.set('/home', 42);
    await world.pass(ms);
    killed.crash();

    const again = world.start(fixed);
    await world.pass(world.limits.maxDelayMs + 30);
    again.crash();
    const last = world.start(fixed);
    await world.finish(last);

    const broken = world.referee.findings.map((it) => it.promise);
    expect(broken).not.toContain('P9');
    expect(world.store.peek('/home')).toBe(42);
    expect(world.store.peek('/old')).toBeUndefined();
  },
);

test('the offset stops before the oldest record that is not stored', async () => {
  const { store, start, log } = newWorld();
  const cache = start();
  await cache.set('/home', 41);
  await cache.set('/docs', 7);
  await cache.set('/home', 42);
  store.breakKey('/home');
  await expect(cache.flush()).rejects.toThrow();
  expect(log.committed).toBe(2);

  store.mendKey('/home');
  await cache.flush();
  expect(log.committed).toBe(3);
});

test('a key that is written again makes no room for what came before it', async () => {
  const { store, start, log } = newWorld();
  const cache = start();
  await cache.set('/home', 41);
  await cache.set('/docs', 7);
  await cache.set('/home', 42);
  await cache.set('/about', 1);
  store.breakKey('/home');
  store.breakKey('/docs');
  await expect(cache.flush()).rejects.toThrow();

  expect(store.peek('/about')).toBe(1);
  expect(log.committed).toBe(1);
});

test('a replay does not bring an older value back', async () => {
  const { store, start, clock } = newWorld();
  const killed = start();
  await killed.set('/docs', 7);
  await killed.set('/home', 41);
  store.breakKey('/docs');
  await clock.advance(1000);
  await killed.set('/home', 42);
  await clock.advance(1000);

  const { rows } = store.counts();
  await start()
    .flush()
    .catch(() => {});

  expect(store.counts().rows - rows).toBe(1);
  expect(store.peek('/home')).toBe(42);
});

test('what comes while a batch is on its way is not committed with it', async () => {
  const { store, start, log, clock } = newWorld({ writeMs: 20 });
  const cache = start();
  await cache.set('/home', 41);
  const flushed = cache.flush();
  await clock.advance(10);
  await cache.set('/home', 42);
  await clock.until(flushed);

  expect(store.peek('/home')).toBe(41);
  expect(log.committed).toBe(1);
});

test('an append that is answered late is not passed over', async () => {
  const { store, start, log, clock } = newWorld({ answerMs: [50] });
  const cache = start();
  const appended = Promise.all([cache.set('/home', 42), cache.set('/docs', 7)]);
  await clock.advance(10);
  await cache.flush();
  expect(log.committed).toBe(0);

  await clock.until(appended);
  await cache.flush();
  expect(log.committed).toBe(2);
  expect(store.peek('/home')).toBe(42);
});

test('of two appends of a key, the later in the log wins', async () => {
  const { store, start, clock } = newWorld({ answerMs: [50] });
  const cache = start();
  await clock.until(
    Promise.all([cache.set('/home', 41), cache.set('/home', 42)]),
  );
  await cache.flush();
  expect(await cache.get('/home')).toBe(42);
  expect(store.peek('/home')).toBe(42);
});

test('an append that fails does not hold up the next', async () => {
  const { store, start, log } = newWorld();
  const cache = start();
  const refusal = new Error('disk full');
  vi.spyOn(log, 'append').mockRejectedValueOnce(refusal);
  const refused = cache.set('/home', 42);
  const appended = cache.set('/docs', 7);
  await expect(refused).rejects.toBe(refusal);
  await appended;
  await cache.flush();
  expect(store.peek('/docs')).toBe(7);
});

test('a batch that fails does not hold up the next, and flush says so', async () => {
  const { store, start } = newWorld();
  const cache = start();
  await cache.set('/home', 42);
  await cache.set('/docs', 7);
  const refusal = new Error('deadlock detected');
  store.failNextWrites(refusal);
  await expect(cache.flush()).rejects.toMatchObject({ errors: [refusal] });
  expect(store.peek('/docs')).toBe(7);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});

/** Keeps each record at once, and says so after the next of these times. */
class LateLog<V> extends DurableLog<V> {
  readonly #clock: Clock;
  readonly #answerMs: number[];

  constructor(clock: Clock, answerMs: readonly number[]) {
    super();
    this.#clock = clock;
    this.#answerMs = [...answerMs];
  }

  override async append(
    operation: Operation<string, V>,
  ): Promise<LogRecord<V>> {
    const record = await super.append(operation);
    const ms = this.#answerMs.shift();
    if (ms !== undefined) await sleep(this.#clock, ms);
    return record;
  }
}

function newWorld({ writeMs = 0, answerMs = [] as readonly number[] } = {}) {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs, clock });
  const disk = new SurvivingDisk().mount({ isAlive: true });
  const log = disk.open('log', () => new LateLog<number>(clock, answerMs));
  const options = { store, clock, disk, maxBatchSize: 1, maxDelayMs: 1000 };
  return { store, clock, log, start: () => new FixedCache(options) };
}
