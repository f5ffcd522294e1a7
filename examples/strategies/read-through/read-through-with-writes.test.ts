import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { ReadThroughWithWrites } from './read-through-with-writes.ts';

/** Reads of the table take 10 ms, writes 20. */
function setUp() {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, number>({
    rows: [['a', 1]],
    readMs: 10,
    writeMs: 20,
    clock,
  });
  const told: unknown[] = [];
  const open = () =>
    new ReadThroughWithWrites<string, number>({
      table,
      ttlMs: 1000,
      timeoutMs: 50,
      staleIfErrorMs: 500,
      onLoadError: (error) => told.push(error),
      clock,
      random: () => 0,
    });
  const cache = open();
  const read = async (reader = cache) => {
    const begin = clock.now();
    const value = await clock.until(reader.get('a'));
    return { value, ms: clock.now() - begin };
  };
  return { clock, table, told, open, cache, read };
}

const down = new Error('the database is down');

describe('a write', () => {
  test('waits for the table, and the read that follows loads it', async () => {
    const { clock, table, cache, read } = setUp();
    await read();
    await clock.until(cache.set('a', 2));
    expect(clock.now()).toBe(30);
    expect(table.counts()).toEqual({ reads: 1, writes: 1, rows: 1 });
    expect(await read()).toEqual({ value: 2, ms: 10 });
  });

  test('can be a delete', async () => {
    const { clock, cache, read } = setUp();
    await read();
    await clock.until(cache.delete('a'));
    expect(await read()).toEqual({ value: undefined, ms: 10 });
    expect(await read()).toEqual({ value: undefined, ms: 0 });
  });

  test('ends an absence', async () => {
    const { clock, cache, read } = setUp();
    await clock.until(cache.delete('a'));
    await read();
    await clock.until(cache.set('a', 2));
    expect((await read()).value).toBe(2);
  });

  test('overtakes a load that found the old row', async () => {
    const { clock, table, cache, read } = setUp();
    const written = cache.set('a', 2);
    await clock.advance(15);
    const load = cache.get('a');
    await clock.until(written);
    expect(table.peek('a')).toBe(2);
    expect(await clock.until(load)).toBe(1);
    expect((await read()).value).toBe(2);
  });

  test('leaves no old value that could stand in for it', async () => {
    const { clock, table, cache, read } = setUp();
    await read();
    await clock.until(cache.set('a', 2));
    table.failNextReads(down);
    await expect(clock.until(cache.get('a'))).rejects.toBe(down);
  });

  test('leaves the old value for reads until it is committed', async () => {
    const { clock, cache, read } = setUp();
    await read();
    const written = cache.set('a', 2);
    await clock.advance(19);
    expect(await read()).toEqual({ value: 1, ms: 0 });
    await clock.until(written);
  });
});

describe('while the database is down', () => {
  test('a write fails, and the old value stays readable', async () => {
    const { clock, table, told, cache, read } = setUp();
    await read();
    table.failNextWrites(down);
    table.failNextReads(down);
    await expect(clock.until(cache.set('a', 2))).rejects.toBe(down);
    expect(await read()).toEqual({ value: 1, ms: 10 });
    expect(told).toEqual([down]);
  });

  test('reads are answered until the value is too old', async () => {
    const { clock, table, cache, read } = setUp();
    await read();
    table.hang();
    await clock.advance(989);
    expect(await read()).toEqual({ value: 1, ms: 0 });
    await clock.advance(1);
    expect(await read()).toEqual({ value: 1, ms: 50 });
    await clock.advance(450);
    await expect(clock.until(cache.get('a'))).rejects.toThrow('no answer');
  });
});

describe('a write whose answer is lost', () => {
  test('is read as soon as the database can be', async () => {
    const { clock, table, cache, read } = setUp();
    await read();
    table.loseNextAnswers(down);
    await expect(clock.until(cache.set('a', 2))).rejects.toBe(down);
    expect((await read()).value).toBe(2);
  });

  test('is read at the latest when the value expires, however late it lands', async () => {
    const { clock, table, cache, read } = setUp();
    table.failNextWrites(down);
    await expect(clock.until(cache.set('a', 2))).rejects.toBe(down);
    const asked = clock.now();
    await read();
    table.commit({ type: 'set', key: 'a', value: 2, version: 0 });
    await clock.advance(asked + 999 - clock.now());
    expect((await read()).value).toBe(1);
    await clock.advance(1);
    expect((await read()).value).toBe(2);
  });
});

describe('two processes', () => {
  test('read what the other has written when their value expires, not before', async () => {
    const { clock, open, cache, read } = setUp();
    const other = open();
    await read(other);
    await clock.until(cache.set('a', 2));
    expect((await read()).value).toBe(2);
    await clock.advance(999 - clock.now());
    expect(await read(other)).toEqual({ value: 1, ms: 0 });
    await clock.advance(1);
    expect(await read(other)).toEqual({ value: 2, ms: 10 });
  });

  test('have a load each', async () => {
    const { clock, table, open, cache } = setUp();
    const other = open();
    await clock.until(Promise.all([cache.get('a'), other.get('a')]));
    expect(table.counts().reads).toBe(2);
  });
});

test('a process that dies loses no write, and its successor loads anew', async () => {
  const { clock, open, cache, read } = setUp();
  await clock.until(cache.set('a', 2));
  expect(await read(open())).toEqual({ value: 2, ms: 10 });
});

describe('close', () => {
  test('waits for the writes under way, as often as it is called', async () => {
    const { clock, table, cache } = setUp();
    const written = cache.set('a', 2);
    await clock.until(Promise.all([cache.close(), cache.close()]));
    expect(table.peek('a')).toBe(2);
    await written;
    await cache.close();
  });

  test('does not fail with the writes', async () => {
    const { clock, table, cache } = setUp();
    table.failNextWrites(down);
    const written = cache.set('a', 2);
    const closed = cache.close();
    await expect(clock.until(written)).rejects.toBe(down);
    await clock.until(closed);
  });

  test('refuses writes, and lets reads go on', async () => {
    const { table, cache, read } = setUp();
    await cache.close();
    await expect(cache.set('a', 2)).rejects.toThrow(CacheClosedError);
    await expect(cache.delete('a')).rejects.toThrow(CacheClosedError);
    expect(table.counts().writes).toBe(0);
    expect((await read()).value).toBe(1);
  });

  test('waits for a refresh under way', async () => {
    const clock = new VirtualClock();
    const table = new InMemoryStore<string, number>({
      rows: [['a', 1]],
      readMs: 10,
      clock,
    });
    const onLoadError = () => {};
    const cache = new ReadThroughWithWrites({
      table,
      ttlMs: 100,
      refreshAheadMs: 60,
      onLoadError,
      clock,
      random: () => 0,
    });
    await clock.until(cache.get('a'));
    await clock.advance(40);
    await cache.get('a');
    await clock.until(cache.close());
    expect(clock.now()).toBe(60);
  });
});

describe('an event from another writer', () => {
  test('has a key forgotten, and no load from before is kept', async () => {
    const { clock, table, cache, read } = setUp();
    await read();
    table.commit({ type: 'set', key: 'a', value: 2, version: 0 });
    expect((await read()).value).toBe(1);
    cache.forget('a');
    const early = cache.get('a');
    await clock.advance(5);
    table.commit({ type: 'set', key: 'a', value: 3, version: 0 });
    cache.forget('a');
    await clock.until(early);
    expect((await read()).value).toBe(3);
  });

  test('has a key expire: the old value stands in where no load can be', async () => {
    const { table, told, cache, read } = setUp();
    await read();
    table.commit({ type: 'set', key: 'a', value: 2, version: 0 });
    cache.expire('a');
    table.failNextReads(down);
    expect((await read()).value).toBe(1);
    expect(told).toEqual([down]);
    cache.expire('a');
    expect((await read()).value).toBe(2);
  });
});
