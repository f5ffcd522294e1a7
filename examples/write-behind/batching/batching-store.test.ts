import { describe, expect, test } from 'vitest';
import { sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  type Operation,
  PartialWriteError,
  type Store,
} from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { EndedBatch } from './batch-size.ts';
import { BatchingStore, type BatchingStoreOptions } from './batching-store.ts';

type Options = Partial<BatchingStoreOptions<string, number>>;
type Batch = readonly Operation<string, number>[];

const reset = new Error('connection reset');

/** Batches of at most four rows, one at a time, 20 ms each. */
function setUp(options: Options = {}) {
  const clock = new VirtualClock();
  const rows = new InMemoryStore<string, number>({ writeMs: 20, clock });
  const batches: string[] = [];
  const observed: EndedBatch[] = [];
  const errors: unknown[] = [];
  const failing = new Map<string, unknown>();
  const store: Store<string, number> = {
    read: (key) => rows.read(key),
    async write(batch) {
      batches.push(`${clock.now()}: ${batch.map(({ key }) => key).join(' ')}`);
      await rows.write(batch);
      for (const { key } of batch) {
        if (failing.has(key)) throw failing.get(key);
      }
      if (errors.length > 0) throw errors.shift();
    },
  };
  const batching = new BatchingStore<string, number>({
    store,
    clock,
    size: { rows: 4, observe: (batch) => observed.push(batch) },
    maxInFlight: 1,
    ...options,
  });
  return { clock, rows, batching, batches, observed, errors, failing };
}

function sets(keys: string): Operation<string, number>[] {
  return keys.split(' ').map((key) => ({
    ...{ type: 'set', key, value: 1, version: 1 },
  }));
}

/** What becomes of a call, as soon as that is known. */
function outcomeOf(work: Promise<void>) {
  const outcome: { state: string; error?: unknown } = { state: 'open' };
  work.then(
    () => {
      outcome.state = 'stored';
    },
    (error: unknown) => {
      outcome.state = 'failed';
      outcome.error = error;
    },
  );
  return outcome;
}

describe('what it is given', () => {
  test('is cut, and answered when all of it is stored', async () => {
    const { clock, batching, batches, rows } = setUp();
    const outcome = outcomeOf(batching.write(sets('a b c d e f g h i')));
    await clock.advance(59);
    expect(outcome.state).toBe('open');
    await clock.advance(1);
    expect(outcome.state).toBe('stored');
    expect(batches).toEqual(['0: a b c d', '20: e f g h', '40: i']);
    expect(rows.entries()).toHaveLength(9);
  });

  test('travels together, if it came while the store was busy', async () => {
    const { clock, batching, batches } = setUp();
    const outcomes = ['a', 'b c', 'd', 'e'].map((keys) =>
      outcomeOf(batching.write(sets(keys))),
    );
    await clock.advance(40);
    expect(batches).toEqual(['0: a', '20: b c d e']);
    expect(outcomes.map(({ state }) => state)).toEqual(Array(4).fill('stored'));
  });

  test('keeps its order, and is cut where a batch is full', async () => {
    const { clock, batching, batches } = setUp();
    void batching.write(sets('a b'));
    void batching.write(sets('c d e'));
    void batching.write(sets('f g h'));
    await clock.advance(60);
    expect(batches).toEqual(['0: a b', '20: c d e f', '40: g h']);
  });

  test('is sent at once where the store has room for it', async () => {
    const { batching, batches } = setUp({ maxInFlight: 3 });
    for (const keys of ['a', 'b c', 'd']) void batching.write(sets(keys));
    expect(batches).toEqual(['0: a', '0: b c', '0: d']);
  });

  test('is nothing: then nobody is asked', async () => {
    const { batching, batches } = setUp();
    await batching.write([]);
    expect(batches).toEqual([]);
  });

  test('is left as it is by a store that takes its batch apart', async () => {
    const clock = new VirtualClock();
    const observed: number[] = [];
    const batching = new BatchingStore<string, number>({
      clock,
      store: {
        read: async () => undefined,
        async write(batch) {
          (batch as Operation<string, number>[]).splice(0);
        },
      },
      size: { rows: 4, observe: ({ rows }) => observed.push(rows) },
    });
    const given = sets('a b');
    await batching.write(given);
    expect(given).toHaveLength(2);
    expect(observed).toEqual([2]);
  });
});

test('reads go to the store', async () => {
  const { clock, batching } = setUp();
  await clock.until(batching.write(sets('a')));
  expect(await clock.until(batching.read('a'))).toBe(1);
});

describe('the size', () => {
  test('is asked for each batch', async () => {
    const sizes = [3, 1, 2];
    const size = {
      get rows() {
        return sizes[0] ?? 1;
      },
      observe: () => sizes.shift(),
    };
    const { clock, batching, batches } = setUp({ size });
    await clock.until(batching.write(sets('a b c d e f')));
    expect(batches).toEqual(['0: a b c', '20: d', '40: e f']);
  });

  test('is told how long each took, without the wait before it', async () => {
    const { clock, batching, observed } = setUp();
    void batching.write(sets('a b'));
    await clock.advance(15);
    await clock.until(batching.write(sets('c d e')));
    expect(observed).toEqual([
      { rows: 2, ms: 20, isStored: true },
      { rows: 3, ms: 20, isStored: true },
    ]);
  });

  test('is told of errors, and that a batch with named rows was carried out', async () => {
    const { clock, batching, observed, errors, rows } = setUp();
    errors.push(reset);
    await clock.until(batching.write(sets('a b')).catch(() => {}));
    rows.breakKey('c');
    await clock.until(batching.write(sets('c d')).catch(() => {}));
    expect(observed.map(({ isStored }) => isStored)).toEqual([false, true]);
  });
});

describe('an error that names no rows', () => {
  test('is passed on as it is, if the call was one batch', async () => {
    const { clock, batching, errors } = setUp();
    errors.push(reset);
    const written = clock.until(batching.write(sets('a b')));
    await expect(written).rejects.toBe(reset);
  });

  test('is not said of the rows of others: it may be permanent for one', async () => {
    const { clock, batching, failing } = setUp();
    failing.set('c', Object.assign(new Error('refused'), { permanent: true }));
    const first = outcomeOf(batching.write(sets('a')));
    const second = outcomeOf(batching.write(sets('b c')));
    const third = outcomeOf(batching.write(sets('d e')));
    await clock.advance(40);
    expect(first.state).toBe('stored');
    for (const { error } of [second, third]) {
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toHaveProperty('permanent');
      expect(error).toHaveProperty('cause.message', 'refused');
    }
  });

  test('is not said of half a call that has travelled with another half', async () => {
    const { clock, batching, errors } = setUp();
    void batching.write(sets('a b')).catch(() => {});
    void batching.write(sets('c d')).catch(() => {});
    errors.push(reset, reset, reset);
    const split = outcomeOf(batching.write(sets('e f g h')));
    await clock.advance(60);
    expect(split.state).toBe('failed');
    expect(split.error).not.toBe(reset);
  });

  test('fails the whole call, when its last batch has ended', async () => {
    const { clock, batching, errors, batches } = setUp();
    errors.push(reset);
    const outcome = outcomeOf(batching.write(sets('a b c d e')));
    await clock.advance(39);
    expect(outcome.state).toBe('open');
    await clock.advance(1);
    expect(outcome.state).toBe('failed');
    expect(batches).toHaveLength(2);
  });

  test('keeps its rows apart from others, when they come again', async () => {
    const { clock, batching, errors, batches } = setUp();
    const [first, second] = [sets('b c'), sets('d e')];
    errors.push(reset, reset);
    void batching.write(sets('a')).catch(() => {});
    void batching.write(first).catch(() => {});
    void batching.write(second).catch(() => {});
    await clock.advance(40);
    void batching.write(sets('f'));
    void batching.write(first);
    void batching.write(second);
    void batching.write(sets('g h'));
    void batching.write(sets('i j'));
    await clock.advance(100);
    expect(batches.slice(2)).toEqual([
      '40: f',
      '60: b c',
      '80: d e',
      '100: g h i j',
    ]);
  });

  test('is not said of a row that came alone, before it has failed alone', async () => {
    const { clock, batching, batches, failing } = setUp();
    const refused = Object.assign(new Error('refused'), { permanent: true });
    failing.set('b', refused);
    void batching.write(sets('a'));
    const poison = outcomeOf(batching.write(sets('b')));
    const neighbour = outcomeOf(batching.write(sets('c')));
    await clock.advance(40);
    expect([poison.state, neighbour.state]).toEqual(['open', 'open']);
    await clock.advance(40);
    expect(batches).toEqual(['0: a', '20: b c', '40: b', '60: c']);
    expect(poison.error).toBe(refused);
    expect(neighbour.state).toBe('stored');
  });

  test('keeps a row that came alone out of a batch that has room for it, when it comes again', async () => {
    const { clock, batching, batches, failing } = setUp();
    const single = sets('c');
    failing.set('c', reset);
    await clock.until(batching.write(single).catch(() => {}));
    for (const keys of ['a', 'b d']) void batching.write(sets(keys));
    void batching.write(single).catch(() => {});
    await clock.advance(60);
    expect(batches.slice(1)).toEqual(['20: a', '40: b d', '60: c']);
  });
});

describe('an error that names rows', () => {
  test('is certain of a row that came alone, in any company', async () => {
    const { clock, batching, batches, rows } = setUp();
    rows.breakKey('c');
    const outcomes = ['a', 'b', 'c'].map((keys) =>
      outcomeOf(batching.write(sets(keys))),
    );
    await clock.advance(40);
    expect(batches).toEqual(['0: a', '20: b c']);
    expect(outcomes.map(({ state }) => state)).toEqual([
      ...['stored', 'stored', 'failed'],
    ]);
  });

  test('reaches those calls whose rows it names', async () => {
    const { clock, batching, rows } = setUp();
    rows.breakKey('c', Object.assign(new Error('bad'), { permanent: true }));
    void batching.write(sets('a'));
    const broken = outcomeOf(batching.write(sets('b c')));
    const neighbour = outcomeOf(batching.write(sets('d e')));
    await clock.advance(40);
    expect(neighbour.state).toBe('stored');
    expect(broken.error).toBeInstanceOf(PartialWriteError);
    expect(broken.error).toMatchObject({
      failed: [{ key: 'c' }],
      permanent: true,
    });
  });

  test('is collected from all batches of a call', async () => {
    const { clock, batching, rows } = setUp();
    rows.breakKey('b', Object.assign(new Error('bad'), { permanent: true }));
    rows.breakKey('e');
    const written = clock.until(batching.write(sets('a b c d e')));
    await expect(written).rejects.toMatchObject({
      failed: [{ key: 'b' }, { key: 'e' }],
      hopeless: [{ key: 'b' }],
      permanent: false,
    });
  });

  test.each([
    ['nothing', ''],
    ['what was not sent', 'z'],
  ])('and names %s is taken for one that names none', async (_, keys) => {
    const { clock, batching, errors } = setUp();
    const named: Batch = keys === '' ? [] : sets(keys);
    errors.push(new PartialWriteError(named));
    const outcome = outcomeOf(batching.write(sets('a b c d e')));
    await clock.advance(40);
    expect(outcome.state).toBe('failed');
    expect(outcome.error).not.toBeInstanceOf(PartialWriteError);
  });
});

test('a batch that hangs takes one place, and holds up no more than that', async () => {
  const { clock, rows, batching, batches } = setUp({ maxInFlight: 2 });
  rows.hang();
  const hung = outcomeOf(batching.write(sets('a')));
  await clock.advance(0);
  const store = outcomeOf(batching.write(sets('b')));
  await clock.advance(1000);
  expect(batches).toEqual(['0: a', '0: b']);
  expect([hung.state, store.state]).toEqual(['open', 'open']);
  rows.recover();
  await clock.advance(20);
  expect([hung.state, store.state]).toEqual(['stored', 'stored']);
});

test('a call is answered when all of its batches have ended (P4)', async () => {
  const clock = new VirtualClock();
  const times = [50, 10];
  const batching = new BatchingStore<string, number>({
    clock,
    store: {
      read: async () => undefined,
      write: () => sleep(clock, times.shift() ?? 0),
    },
    size: { rows: 1, observe: () => {} },
    maxInFlight: 2,
  });
  const outcome = outcomeOf(batching.write(sets('a b')));
  await clock.advance(49);
  expect(outcome.state).toBe('open');
  await clock.advance(1);
  expect(outcome.state).toBe('stored');
});

test('refuses a size that is none', async () => {
  const { batching } = setUp({ size: { rows: 0, observe: () => {} } });
  await expect(batching.write(sets('a'))).rejects.toThrow(
    'size.rows: expected a whole number above 0, got 0',
  );
});

test('keeps nothing of a call that it could not begin', async () => {
  const size = { rows: 0, observe: () => {} };
  const { clock, batching, batches } = setUp({ size });
  await expect(batching.write(sets('a'))).rejects.toThrow('size.rows');
  size.rows = 4;
  await clock.until(batching.write(sets('a')));
  await clock.advance(1000);
  expect(batches).toEqual(['0: a']);
});

test('refuses to have nothing in flight', () => {
  expect(() => setUp({ maxInFlight: 0 })).toThrow(
    'maxInFlight: expected a whole number above 0, got 0',
  );
});
