import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { sleep } from '../../shared/clock.ts';
import { chair, lamp, type Product } from '../../shared/product.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { Conflict, Decision } from './conflict.ts';
import { InMemoryVersionedTable } from './in-memory-versioned-table.ts';
import {
  CacheFullError,
  type DeadLetter,
  MergingCache,
  type MergingCacheOptions,
} from './merging-cache.ts';

const reset = new Error('connection reset');

/** A lamp in a table whose reads take 10 ms, and whose writes take 20. */
function setUp(options: Partial<MergingCacheOptions<string, Product>> = {}) {
  const clock = new VirtualClock();
  const table = new InMemoryVersionedTable<string, Product>({
    ...{ rows: [[lamp.id, lamp]], readMs: 10, writeMs: 20, clock },
  });
  const sent: [number, string, Product | undefined][] = [];
  const letters: DeadLetter<string, Product>[] = [];
  const cache = new MergingCache<string, Product>({
    table: {
      find: (key) => table.find(key),
      compareAndSet(key, version, value) {
        sent.push([clock.now(), key, value]);
        return table.compareAndSet(key, version, value);
      },
    },
    onDeadLetter: (letter) => {
      letters.push(letter);
    },
    clock,
    ...options,
  });
  const set = (patch: Partial<Product>, { id } = lamp) =>
    clock.until(cache.update(id, (row) => ({ ...lamp, id, ...row, ...patch })));
  const remove = () => clock.until(cache.update(lamp.id, () => undefined));
  const flush = () => clock.until(cache.flush());
  const elsewhere = (patch: Partial<Product>) => {
    const row = table.store.peek(lamp.id);
    table.change(lamp.id, { ...lamp, ...row, ...patch });
  };
  const stored = () => table.store.peek(lamp.id);
  return {
    ...{ clock, table, cache, sent, letters },
    ...{ set, remove, flush, elsewhere, stored },
  };
}

/** A table that refuses prices below nothing, for ever. */
function setUpWithCheck(
  options: Partial<MergingCacheOptions<string, Product>> = {},
) {
  const world = setUp(options);
  const { table } = world;
  const compareAndSet = table.compareAndSet.bind(table);
  table.compareAndSet = async (key, version, value) => {
    if (value && value.cents < 0) {
      await sleep(world.clock, 20);
      throw Object.assign(new Error('price_check'), { permanent: true });
    }
    return compareAndSet(key, version, value);
  };
  return world;
}

/** Both have set the price, and somebody is asked. */
async function contest(decide: () => Decision<Product>) {
  const asked: Conflict<string, Product>[] = [];
  const world = setUp({
    decide(conflict) {
      asked.push(conflict);
      return decide();
    },
  });
  await world.set({ cents: 4500, name: 'Black lamp' });
  world.elsewhere({ cents: 4700, category: 'desks' });
  await world.flush();
  return { ...world, asked };
}

const merged = { ...lamp, name: 'Black lamp', category: 'desks' };

describe('a change', () => {
  test('is acknowledged when the row is known, and stored later', async () => {
    const { clock, set, sent, stored } = setUp({ maxDelayMs: 100 });
    await set({ cents: 4500 });
    expect(clock.now()).toBe(10);
    await set({ name: 'Black lamp' });
    expect(clock.now()).toBe(10);
    await clock.advance(120);
    const row = { ...lamp, cents: 4500, name: 'Black lamp' };
    expect(sent).toEqual([[110, 'lamp', row]]);
    expect(stored()).toEqual(row);
  });

  test('is what a read finds, before, during and after (P1)', async () => {
    const { clock, cache, set } = setUp({ maxDelayMs: 100 });
    await set({ cents: 4500 });
    for (let ms = 0; ms < 200; ms += 10) {
      expect(await cache.get('lamp')).toMatchObject({ cents: 4500 });
      await clock.advance(10);
    }
  });

  test('is what a read finds that had to wait as well', async () => {
    const { clock, cache } = setUp();
    const changed = cache.update('lamp', () => ({ ...lamp, cents: 4500 }));
    const read = cache.get('lamp');
    await clock.until(changed);
    expect(await read).toMatchObject({ cents: 4500 });
  });

  test('of the same row that began at the same time is kept', async () => {
    const { clock, cache, flush, stored } = setUp();
    const patches = [{ cents: 4500 }, { name: 'Black lamp' }];
    const changes = patches.map((patch) =>
      cache.update('lamp', (row) => ({ ...lamp, ...row, ...patch })),
    );
    await clock.until(Promise.all(changes));
    await flush();
    expect(stored()).toEqual({ ...lamp, cents: 4500, name: 'Black lamp' });
  });

  test('that comes while another is written goes with the next', async () => {
    const { clock, set, sent, stored } = setUp({ maxDelayMs: 100 });
    await set({ cents: 4500 });
    await clock.advance(110);
    await set({ cents: 4300 });
    await clock.advance(50);
    expect(stored()).toMatchObject({ cents: 4500 });
    await clock.advance(100);
    expect(sent.map(([at]) => at)).toEqual([110, 210]);
    expect(stored()).toMatchObject({ cents: 4300 });
  });

  test('does not wait because its row is changed again (P6)', async () => {
    const { clock, set, sent } = setUp({ maxDelayMs: 100 });
    for (let cents = 0; cents < 12; cents += 1) {
      await set({ cents });
      await clock.advance(10);
    }
    expect(sent[0]?.[0]).toBe(110);
  });

  test('that is taken back in time is not sent', async () => {
    const { clock, cache, set, sent } = setUp();
    await set({ cents: 4500 });
    await set({ cents: lamp.cents });
    await clock.advance(5000);
    expect(sent).toEqual([]);
    expect(cache.stats().pending).toBe(0);
    expect(clock.isIdle).toBe(true);
  });

  test('that throws leaves nothing pending', async () => {
    const { clock, cache } = setUp();
    const change = cache.update('lamp', () => {
      throw new Error('no such price');
    });
    await expect(clock.until(change)).rejects.toThrow('no such price');
    expect(cache.stats().pending).toBe(0);
  });

  test('may not be made in place', async () => {
    const { clock, cache, set } = setUp();
    const inPlace = () =>
      clock.until(
        cache.update('lamp', (row) => Object.assign(row ?? {}, { ...lamp })),
      );
    await expect(inPlace()).rejects.toThrow(TypeError);
    await set({ cents: 4500 });
    await expect(inPlace()).rejects.toThrow(TypeError);
  });

  test('is not touched by what its caller does to the row later', async () => {
    const { clock, cache, flush, stored } = setUp();
    const row = { ...lamp, cents: 4500 };
    await clock.until(cache.update('lamp', () => row));
    row.cents = 0;
    await flush();
    expect(stored()).toMatchObject({ cents: 4500 });
  });

  test('keeps zero and nothing (P11)', async () => {
    const { set, flush, stored } = setUp();
    await set({ cents: 0, name: '' });
    await flush();
    expect(stored()).toMatchObject({ cents: 0, name: '' });
  });
});

describe('a row', () => {
  test('is made where there is none', async () => {
    const { set, flush, table } = setUp();
    await set({ ...chair }, chair);
    await flush();
    expect(table.store.peek('chair')).toEqual(chair);
  });

  test('is gone at once when it is deleted, and stays so (P5)', async () => {
    const { clock, cache, remove, flush, stored } = setUp();
    await remove();
    expect(await cache.get('lamp')).toBeUndefined();
    await flush();
    expect(stored()).toBeUndefined();
    expect(await clock.until(cache.get('lamp'))).toBeUndefined();
  });

  test('is read again when it has become too old', async () => {
    const { clock, cache, elsewhere } = setUp({ maxAgeMs: 500 });
    await clock.until(cache.get('lamp'));
    elsewhere({ cents: 4700 });
    expect(await cache.get('lamp')).toEqual(lamp);
    await clock.advance(500);
    expect(await clock.until(cache.get('lamp'))).toMatchObject({ cents: 4700 });
  });

  test('is forgotten beyond the bound, but not while it is pending', async () => {
    const { clock, cache, set, table } = setUp({ maxClean: 1 });
    await set({ cents: 4500 });
    await clock.until(cache.get('chair'));
    await set({ name: 'Black lamp' });
    expect(await cache.get('lamp')).toMatchObject({ cents: 4500 });
    expect(table.store.counts().reads).toBe(2);
  });
});

describe('where others have changed the row as well', () => {
  test('both changes are in it, and nobody is asked', async () => {
    const { cache, set, elsewhere, flush, stored } = setUp();
    await set({ cents: 4500 });
    elsewhere({ name: 'Black lamp' });
    await flush();
    const row = { ...lamp, cents: 4500, name: 'Black lamp' };
    expect(stored()).toEqual(row);
    expect(await cache.get('lamp')).toEqual(row);
    expect(cache.stats()).toMatchObject({ conflicts: 1, contested: 0 });
  });

  test('who decides is told of both sides', async () => {
    const { asked } = await contest(() => 'mine');
    expect(asked).toEqual([
      {
        key: 'lamp',
        fields: ['cents'],
        base: lamp,
        mine: { ...lamp, cents: 4500, name: 'Black lamp' },
        theirs: { ...lamp, cents: 4700, category: 'desks' },
        isInDoubt: false,
      },
    ]);
  });

  test('mine wins where it is decided so, and the rest is merged', async () => {
    const { stored } = await contest(() => 'mine');
    expect(stored()).toEqual({ ...merged, cents: 4500 });
  });

  test('theirs wins likewise', async () => {
    const { stored, cache } = await contest(() => 'theirs');
    expect(stored()).toEqual({ ...merged, cents: 4700 });
    expect(await cache.get('lamp')).toEqual(stored());
  });

  test('or something else, field by field', async () => {
    const { stored } = await contest(() => ({ fields: { cents: 4600 } }));
    expect(stored()).toEqual({ ...merged, cents: 4600 });
  });

  test('where it is given up, both sides are in the dead letter', async () => {
    const { stored, cache, letters } = await contest(() => 'give up');
    const theirs = { ...lamp, cents: 4700, category: 'desks' };
    expect(letters).toEqual([
      {
        key: 'lamp',
        base: { value: lamp, version: 0 },
        mine: { ...lamp, cents: 4500, name: 'Black lamp' },
        theirs: { value: theirs, version: 1 },
        error: expect.objectContaining({
          name: 'ConflictError',
          message: 'both sides have changed cents',
        }),
      },
    ]);
    expect(stored()).toEqual(theirs);
    expect(await cache.get('lamp')).toEqual(theirs);
    expect(cache.stats()).toMatchObject({ pending: 0, deadLettered: 1 });
  });

  test('nobody decides unless somebody is named', async () => {
    const { set, elsewhere, flush, letters } = setUp();
    await set({ cents: 4500 });
    elsewhere({ cents: 4700 });
    await flush();
    expect(letters).toHaveLength(1);
  });

  test('a decision that throws is a dead letter with its error', async () => {
    const { letters } = await contest(() => {
      throw new Error('no rule for this');
    });
    expect(letters[0]?.error).toMatchObject({ message: 'no rule for this' });
  });

  test('a decision that is none is refused: it is not theirs', async () => {
    const decide = () => Promise.resolve('mine') as unknown as 'mine';
    const { letters } = await contest(decide);
    expect(String(letters[0]?.error)).toContain(
      "decide: expected 'mine', 'theirs', 'give up' or { fields }",
    );
  });

  test('a deleted row is not brought back without a decision', async () => {
    const { set, table, flush, stored, letters } = setUp();
    await set({ cents: 4500 });
    table.change('lamp', undefined);
    await flush();
    expect(stored()).toBeUndefined();
    expect(letters).toMatchObject([
      { mine: { cents: 4500 }, theirs: { value: undefined } },
    ]);
  });

  test('a changed row is not deleted without a decision', async () => {
    const { remove, elsewhere, flush, stored, letters } = setUp();
    await remove();
    elsewhere({ cents: 4700 });
    await flush();
    expect(stored()).toMatchObject({ cents: 4700 });
    expect(letters).toMatchObject([{ mine: undefined }]);
  });

  test('the fresh version may be overtaken too, so often and no more', async () => {
    const clock = new VirtualClock();
    const letters: DeadLetter<string, Product>[] = [];
    let version = 0;
    const cache = new MergingCache<string, Product>({
      table: {
        find: async () => ({ value: lamp, version }),
        async compareAndSet() {
          version += 1;
          const value = { ...lamp, name: `Lamp ${version}` };
          return { isStored: false, row: { value, version } };
        },
      },
      onDeadLetter: (letter) => {
        letters.push(letter);
      },
      ...{ clock, attempts: 3 },
    });
    await cache.update('lamp', () => ({ ...lamp, cents: 4500 }));
    await cache.flush();
    expect(version).toBe(3);
    expect(letters).toMatchObject([
      {
        mine: { name: 'Lamp 2', cents: 4500 },
        theirs: { value: { name: 'Lamp 3' } },
        error: { message: '3 attempts were overtaken' },
      },
    ]);
  });
});

describe('a failure', () => {
  test('leaves the change pending, for the next attempt', async () => {
    const { clock, table, set, sent, stored } = setUp({ maxDelayMs: 100 });
    table.failNextWrites(reset);
    await set({ cents: 4500 });
    await clock.advance(220);
    expect(sent.map(([at]) => at)).toEqual([110, 210]);
    expect(stored()).toMatchObject({ cents: 4500 });
  });

  test('is told to whoever flushes', async () => {
    const { table, cache, set, flush } = setUp();
    table.failNextWrites(reset);
    await set({ cents: 4500 });
    await expect(flush()).rejects.toMatchObject({
      message: '1 rows are still pending',
      errors: [reset],
    });
    expect(cache.stats().pending).toBe(1);
  });

  test('that lasts ends as a dead letter', async () => {
    const { clock, table, set, letters } = setUp({
      ...{ attempts: 2, maxDelayMs: 100 },
    });
    table.failNextWrites(reset, reset);
    await set({ cents: 4500 });
    await clock.advance(500);
    expect(letters).toMatchObject([
      { mine: { cents: 4500 }, theirs: undefined, error: reset },
    ]);
  });

  test('that ends as one leaves open what the row is: it is read', async () => {
    const { clock, table, cache, set, flush } = setUp({ attempts: 1 });
    table.loseNextAnswers(reset);
    await set({ cents: 4500 });
    await flush();
    expect(await clock.until(cache.get('lamp'))).toMatchObject({ cents: 4500 });
  });

  test('is not counted with those before a success', async () => {
    const { clock, table, set, letters, stored } = setUp({
      ...{ attempts: 2, maxDelayMs: 100 },
    });
    table.failNextWrites(reset);
    await set({ cents: 4500 });
    await clock.advance(210);
    await set({ cents: 4300 });
    await clock.advance(50);
    table.failNextWrites(reset);
    await clock.advance(500);
    expect(letters).toEqual([]);
    expect(stored()).toMatchObject({ cents: 4300 });
  });

  test('that would come again ends as one at once', async () => {
    const { table, set, flush, letters } = setUp();
    table.failNextWrites(Object.assign(new Error('no'), { permanent: true }));
    await set({ cents: -1 });
    await flush();
    expect(letters).toHaveLength(1);
  });

  test('that would come again is not held against a later change', async () => {
    const { clock, cache, set, flush, letters, stored } = setUpWithCheck();
    await set({ cents: -1 });
    const flushed = cache.flush();
    await clock.advance(10);
    await cache.update(lamp.id, (row) => ({ ...lamp, ...row, cents: 4500 }));
    await clock.until(flushed);
    await flush();
    expect(letters).toEqual([]);
    expect(stored()).toMatchObject({ cents: 4500 });
  });

  test('that would come again takes no attempt of a later change', async () => {
    const { clock, cache, table, set, flush, letters, stored } = setUpWithCheck(
      { attempts: 2 },
    );
    await set({ cents: -1 });
    const flushed = cache.flush();
    await clock.advance(10);
    await cache.update(lamp.id, (row) => ({ ...lamp, ...row, cents: 4500 }));
    table.failNextWrites(reset);
    await expect(clock.until(flushed)).rejects.toThrow('still pending');
    await flush();
    expect(letters).toEqual([]);
    expect(stored()).toMatchObject({ cents: 4500 });
  });

  test('that would come again does not come again with a later change', async () => {
    let take = () => {};
    const taken = new Promise<void>((resolve) => {
      take = resolve;
    });
    const { clock, cache, set, flush, stored } = setUpWithCheck({
      onDeadLetter: () => taken,
    });
    await set({ cents: -1 });
    const flushed = cache.flush();
    await clock.advance(30);
    await cache.update(lamp.id, (row) => ({ ...lamp, ...row, cents: 4500 }));
    take();
    await clock.until(flushed);
    await flush();
    expect(cache.stats()).toMatchObject({ pending: 0, deadLettered: 1 });
    expect(stored()).toMatchObject({ cents: 4500 });
  });

  test('of one row does not hold up another (P8)', async () => {
    const { clock, table, set, cache } = setUp({ maxDelayMs: 100 });
    await set({ cents: 4500 });
    await set({ ...chair }, chair);
    table.failNextWrites(reset);
    await clock.advance(200);
    expect(table.store.peek('chair')).toEqual(chair);
    expect(cache.stats().pending).toBe(1);
  });

  test('of the dead letter leaves the change pending', async () => {
    const letters: unknown[] = [];
    const { set, table, flush, stored } = setUp({
      attempts: 1,
      async onDeadLetter(letter) {
        letters.push(letter);
        throw new Error('the disk is full');
      },
    });
    table.failNextWrites(reset);
    await set({ cents: 4500 });
    await expect(flush()).rejects.toThrow('1 rows are still pending');
    expect(letters).toHaveLength(1);
    await flush();
    expect(stored()).toMatchObject({ cents: 4500 });
  });

  test('does not take along what comes during its dead letter', async () => {
    let take = () => {};
    const { clock, table, cache, set, stored } = setUp({
      ...{ attempts: 1, maxDelayMs: 100 },
      onDeadLetter: () =>
        new Promise<void>((resolve) => {
          take = resolve;
        }),
    });
    table.failNextWrites(reset);
    await set({ cents: 4500 });
    await clock.advance(150);
    await set({ name: 'Black lamp' });
    take();
    await clock.advance(500);
    expect(cache.stats()).toMatchObject({ pending: 0, deadLettered: 1 });
    expect(stored()).toEqual({ ...lamp, cents: 4500, name: 'Black lamp' });
  });
});

describe('an answer that is lost', () => {
  test('is not taken for a conflict with oneself', async () => {
    const { table, cache, set, flush, stored } = setUp();
    table.loseNextAnswers(reset);
    await set({ cents: 4500 });
    await expect(flush()).rejects.toThrow();
    await set({ cents: 4300 });
    await flush();
    expect(stored()).toMatchObject({ cents: 4300 });
    expect(cache.stats()).toMatchObject({ conflicts: 0, contested: 0 });
  });

  test('does not make anew what somebody has undone since', async () => {
    const asked: Conflict<string, Product>[] = [];
    const { table, set, elsewhere, flush, stored } = setUp({
      decide(conflict) {
        asked.push(conflict);
        return 'theirs';
      },
    });
    table.loseNextAnswers(reset);
    await set({ cents: 4500 });
    await expect(flush()).rejects.toThrow();
    elsewhere({ cents: lamp.cents });
    await flush();
    expect(asked).toMatchObject([{ fields: ['cents'], isInDoubt: true }]);
    expect(stored()).toEqual(lamp);
  });

  test('does not hide that the change was taken back here', async () => {
    const { table, set, flush, stored } = setUp();
    table.loseNextAnswers(reset);
    await set({ cents: 4500 });
    await expect(flush()).rejects.toThrow();
    await set({ cents: lamp.cents });
    await flush();
    expect(stored()).toEqual(lamp);
  });
});

describe('a flush', () => {
  test('stores what has changed on its way', async () => {
    const { clock, set, flush, stored } = setUp({ maxDelayMs: 100 });
    await set({ cents: 4500 });
    await clock.advance(110);
    await set({ cents: 4300 });
    await flush();
    expect(stored()).toMatchObject({ cents: 4300 });
  });

  test('never writes a row twice at the same time (P4)', async () => {
    const { clock, cache, set, sent } = setUp();
    await set({ cents: 4500 });
    await clock.until(Promise.all([cache.flush(), cache.flush()]));
    expect(sent).toHaveLength(1);
  });
});

describe('the bound', () => {
  test('refuses another row, and no change of a pending one (P7)', async () => {
    const { set, cache } = setUp({ maxPending: 1 });
    await set({ cents: 4500 });
    await set({ cents: 4300 });
    await expect(set({ ...chair }, chair)).rejects.toThrow(CacheFullError);
    expect(cache.stats().pending).toBe(1);
  });
});

describe('closing', () => {
  test('stores what is pending, and refuses the rest (P10)', async () => {
    const { clock, cache, set, stored } = setUp();
    await set({ cents: 4500 });
    const late = expect(cache.update('chair', () => chair)).rejects.toThrow(
      CacheClosedError,
    );
    expect(await clock.until(cache.close())).toEqual([]);
    expect(stored()).toMatchObject({ cents: 4500 });
    await late;
    await expect(set({ cents: 0 })).rejects.toThrow(CacheClosedError);
    expect(clock.isIdle).toBe(true);
  });

  test('says what is left when the time is over, and ends there', async () => {
    const asked: unknown[] = [];
    const { clock, table, cache, set, elsewhere, sent } = setUp({
      maxDelayMs: 100,
      decide: (conflict) => {
        asked.push(conflict);
        return 'mine';
      },
    });
    await set({ cents: 4500 });
    elsewhere({ cents: 4700 });
    const left = await clock.until(cache.close({ timeoutMs: 15 }));
    expect(left).toEqual([
      {
        key: 'lamp',
        base: { value: lamp, version: 0 },
        mine: { ...lamp, cents: 4500 },
      },
    ]);
    await clock.advance(5000);
    expect(asked).toEqual([]);
    expect(sent).toHaveLength(1);
    expect(table.store.peek('lamp')).toMatchObject({ cents: 4700 });
    expect(await cache.close()).toBe(left);
  });

  test('makes no dead letter of what the report says is left', async () => {
    const { clock, table, cache, set, letters } = setUp({ attempts: 1 });
    table.failNextWrites(reset);
    await set({ cents: 4500 });
    const left = await clock.until(cache.close({ timeoutMs: 15 }));
    await clock.advance(5000);
    expect(left).toHaveLength(1);
    expect(letters).toEqual([]);
  });

  test('tells whoever flushes that it came first', async () => {
    const { clock, cache, set } = setUp();
    await set({ cents: 4500 });
    const before = expect(cache.flush()).rejects.toThrow('still pending');
    await clock.until(cache.close({ timeoutMs: 15 }));
    await clock.advance(5000);
    await before;
    await expect(cache.flush()).rejects.toThrow('still pending');
  });

  test('says what has failed, after one more attempt', async () => {
    const { clock, table, cache, set } = setUp();
    await set({ cents: 4500 });
    table.failNextWrites(reset);
    expect(await clock.until(cache.close())).toMatchObject([{ key: 'lamp' }]);
  });

  test('wants a time that makes sense', async () => {
    const { cache } = setUp();
    await expect(cache.close({ timeoutMs: -1 })).rejects.toThrow(
      'timeoutMs: expected milliseconds from 0',
    );
  });
});

test('options that make no sense are refused', () => {
  expect(() => setUp({ attempts: 0 })).toThrow('attempts');
  expect(() => setUp({ maxPending: 1.5 })).toThrow('maxPending');
  expect(() => setUp({ maxClean: 0 })).toThrow('maxClean');
  expect(() => setUp({ maxDelayMs: -1 })).toThrow('maxDelayMs');
  expect(() => setUp({ maxAgeMs: Number.NaN })).toThrow('maxAgeMs');
});

test('an option that is passed as undefined has its default', async () => {
  const names = ['decide', 'isEqual', 'maxDelayMs', 'attempts'];
  const others = ['maxPending', 'maxAgeMs', 'maxClean'];
  const passed = [...names, ...others].map((name) => [name, undefined]);
  const options: object = Object.fromEntries(passed);
  const { clock, table, cache, set, letters } = setUp(options);
  await set({ cents: 4500 });
  table.change(lamp.id, { ...lamp, cents: 5000 });
  await clock.advance(1000);
  await clock.until(cache.close());
  expect(letters).toMatchObject([{ error: { name: 'ConflictError' } }]);
});
