import { describe, expect, test } from 'vitest';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { type Operation, PartialWriteError } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { DeadLetters, type DeadLettersOptions } from './dead-letters.ts';
import { InMemoryShelf } from './in-memory-shelf.ts';
import type { Letter } from './letter.ts';
import { DatabaseError } from './story.ts';

const refused = new DatabaseError('ECONNREFUSED', 'refused');
const forbidden = new DatabaseError('23514', 'violates price_check');

type Options = Partial<DeadLettersOptions<string, number>>;

function setUp(options: Options = {}) {
  const clock = new VirtualClock();
  const rows = new InMemoryStore<string, number>({ writeMs: 20, clock });
  const shelf = new InMemoryShelf<string, number>();
  const letters = new DeadLetters<string, number>({
    ...{ store: rows, shelf, letters: [], clock },
    ...options,
  });
  const take = (key: string, version: number, error: unknown = refused) =>
    letters.take({ operation: set(key, version), attempts: 5, error });
  return { clock, rows, shelf, letters, take };
}

/** A value that shows its version. */
function set(key: string, version: number): Operation<string, number> {
  return { type: 'set', key, value: version, version };
}

/** A cache before them, that keeps one clean entry and tries once. */
function setUpCache(
  more: Partial<WriteBehindOptions<string, number>> = {},
  options: Options = {},
) {
  const world = setUp(options);
  const { clock, letters } = world;
  const cache = new WriteBehindCache<string, number>({
    ...{ store: letters.store, clock, maxEntries: 1 },
    retry: { attempts: 1 },
    onDeadLetter: (letter) => letters.take(letter),
    ...more,
  });
  /** A write that the store does not take. */
  const lose = async (key: string, value: number) => {
    world.rows.failNextWrites(refused);
    await cache.set(key, value);
    await clock.until(cache.flush());
  };
  return { ...world, cache, lose };
}

describe('a letter', () => {
  test('is listed without its value, and inspected with it', async () => {
    const { clock, letters, take } = setUp();
    await clock.advance(500);
    await take('lamp', 7);
    await clock.advance(1000);
    expect(letters.list()).toEqual([
      {
        ...{ key: 'lamp', type: 'set', version: 7, kind: 'temporary' },
        reason: 'DatabaseError: refused',
        ...{ attempts: 5, replays: 0, ageMs: 1000 },
      },
    ]);
    expect(letters.inspect('lamp')).toMatchObject({
      operation: set('lamp', 7),
      since: 500,
    });
    expect(letters.inspect('chair')).toBeUndefined();
  });

  test('is of the kind that is said of its operation alone', async () => {
    const { letters, take } = setUp();
    const failed = [set('lamp', 7), set('chair', 8)];
    const error = new PartialWriteError(failed, {
      cause: new AggregateError([forbidden, refused]),
      hopeless: failed.slice(0, 1),
    });
    await take('lamp', 7, error);
    await take('chair', 8, error);
    expect(letters.list()).toMatchObject([
      { key: 'lamp', kind: 'permanent' },
      { key: 'chair', kind: 'unknown' },
    ]);
  });

  test('is found by key, kind and age, and the oldest write comes first', async () => {
    const { clock, letters, take } = setUp();
    await take('chair', 8, forbidden);
    await clock.advance(1000);
    await take('lamp', 7);
    const keys = (...asked: Parameters<typeof letters.list>) =>
      letters.list(...asked).map(({ key }) => key);
    expect(keys()).toEqual(['lamp', 'chair']);
    expect(keys({ kind: 'permanent' })).toEqual(['chair']);
    expect(keys({ key: 'lamp' })).toEqual(['lamp']);
    expect(keys({ olderThanMs: 999 })).toEqual(['chair']);
    expect(keys({ olderThanMs: 1000 })).toEqual([]);
    expect(keys({ key: 'lamp', kind: 'permanent' })).toEqual([]);
  });

  test('takes the place of an older one of its key, and of no newer one', async () => {
    const { letters, shelf, take } = setUp();
    await take('lamp', 7);
    await take('lamp', 9, forbidden);
    await take('lamp', 8);
    expect(letters.list()).toMatchObject([{ version: 9, kind: 'permanent' }]);
    expect(shelf.entries()).toEqual([letters.inspect('lamp')]);
  });

  test('of an operation that was given up once more counts all attempts', async () => {
    const { clock, rows, letters, take } = setUp();
    await take('lamp', 7);
    rows.failNextWrites(refused);
    await clock.until(letters.replay());
    await take('lamp', 7);
    expect(letters.list()).toMatchObject([{ attempts: 11, replays: 1 }]);
  });

  test('is on the shelf when it is taken', async () => {
    const { shelf, letters, take } = setUp();
    await take('lamp', 7);
    expect(shelf.entries()).toEqual([letters.inspect('lamp')]);
  });

  test('is not taken over where the shelf fails: the cache keeps it too', async () => {
    const { clock, shelf, rows, cache, lose, letters } = setUpCache();
    shelf.failNext(new Error('the disk is full'));
    await lose('lamp', 49);
    expect(cache.status('lamp')).toBe('failed');
    await clock.until(cache.flush());
    expect(rows.peek('lamp')).toBe(49);
    expect(letters.list()).toEqual([]);
    expect(shelf.entries()).toEqual([]);
  });

  test('of a bounded number is refused beyond it, and stays with the cache', async () => {
    const { clock, rows, cache, lose, letters } = setUpCache(
      {},
      { maxLetters: 1 },
    );
    await lose('lamp', 49);
    await lose('chair', 129);
    expect(cache.status('chair')).toBe('failed');
    expect(letters.list()).toMatchObject([{ key: 'lamp' }]);
    await clock.until(cache.flush());
    expect(rows.peek('chair')).toBe(129);
  });

  test('of a key that has one already always has room', async () => {
    const { letters, take } = setUp({ maxLetters: 1 });
    await take('lamp', 7);
    await expect(take('chair', 8)).rejects.toThrow('1 keys have a letter');
    await take('lamp', 9);
    expect(letters.list()).toMatchObject([{ key: 'lamp', version: 9 }]);
  });
});

describe('P1, P5: until it is replayed, a reader finds what was acknowledged', () => {
  test('though the cache has long forgotten it', async () => {
    const { clock, rows, cache, lose } = setUpCache();
    rows.commit(set('lamp', 0));
    await lose('lamp', 49);
    await clock.until(cache.get('chair'));
    await clock.until(cache.get('kettle'));
    expect(await cache.get('lamp')).toBe(49);
  });

  test('and no row that was deleted', async () => {
    const { clock, rows, cache } = setUpCache();
    rows.commit(set('lamp', 0));
    rows.failNextWrites(refused);
    await cache.delete('lamp');
    await clock.until(cache.flush());
    await clock.until(cache.get('chair'));
    await clock.until(cache.get('kettle'));
    expect(await cache.get('lamp')).toBeUndefined();
  });

  test('in the next process as well', async () => {
    const { clock, rows, shelf, lose } = setUpCache();
    await lose('lamp', 49);
    const letters = new DeadLetters<string, number>({
      ...{ store: rows, shelf, letters: await shelf.load(), clock },
    });
    const cache = new WriteBehindCache({ store: letters.store, clock });
    expect(await cache.get('lamp')).toBe(49);
    expect(await clock.until(letters.replay())).toMatchObject({ stored: 1 });
    expect(rows.peek('lamp')).toBe(49);
  });
});

describe('P2: a replay puts no old value over a newer write', () => {
  test('that was stored: the letter is gone', async () => {
    const { clock, rows, cache, lose, letters, shelf } = setUpCache();
    await lose('lamp', 49);
    await cache.set('lamp', 45);
    await clock.until(cache.flush());
    expect(letters.list()).toEqual([]);
    expect(shelf.entries()).toEqual([]);
    await clock.until(letters.replay());
    expect(rows.peek('lamp')).toBe(45);
  });

  test('that is pending: it lands later, over the replay', async () => {
    const { clock, rows, cache, lose, letters } = setUpCache();
    await lose('lamp', 49);
    await cache.set('lamp', 45);
    const report = await clock.until(letters.replay());
    expect(report).toMatchObject({ stored: 1 });
    expect(await cache.get('lamp')).toBe(45);
    await clock.until(cache.flush());
    expect(rows.peek('lamp')).toBe(45);
  });

  test('that is stored during the replay, which lands late', async () => {
    const { clock, rows, take, letters } = setUp();
    await take('lamp', 7);
    const replay = letters.replay();
    await clock.advance(10);
    rows.carryOut(set('lamp', 9));
    await clock.until(replay);
    expect(rows.peek('lamp')).toBe(9);
  });

  test('that dies during the replay: its letter stays', async () => {
    const { clock, rows, take, letters } = setUp();
    await take('lamp', 7);
    const replay = letters.replay();
    await clock.advance(10);
    await take('lamp', 9);
    expect(await clock.until(replay)).toMatchObject({ stored: 1 });
    expect(rows.peek('lamp')).toBe(7);
    expect(letters.list()).toMatchObject([{ version: 9, replays: 0 }]);
  });

  test('that has replaced it before its turn', async () => {
    const { clock, rows, take, letters } = setUp();
    await take('lamp', 7);
    await take('chair', 8);
    const replay = letters.replay();
    await clock.advance(10);
    await take('chair', 9);
    const report = await clock.until(replay);
    expect(report).toMatchObject({ stored: 1, overtaken: 1 });
    expect(rows.peek('chair')).toBeUndefined();
    expect(letters.list()).toMatchObject([{ key: 'chair', version: 9 }]);
  });

  test('that a crash cuts off: the letter was never older than the row', async () => {
    const { clock, rows, shelf, letters, take } = setUp();
    await take('lamp', 7);
    void letters.store.write([set('lamp', 9)]);
    // The row is written; nobody has touched the letter yet.
    await clock.advance(19);
    expect(shelf.entries()).toMatchObject([{ operation: { version: 9 } }]);
    const next = new DeadLetters<string, number>({
      ...{ store: rows, shelf, letters: await shelf.load(), clock },
    });
    expect(await next.store.read('lamp')).toBe(9);
  });
});

describe('P3: a replay that fails', () => {
  test('leaves the letter, with its count and the latest reason', async () => {
    const { clock, rows, shelf, take, letters } = setUp();
    await take('lamp', 7);
    rows.breakKey('lamp', forbidden);
    for (const replays of [1, 2]) {
      const report = await clock.until(letters.replay());
      expect(report).toMatchObject({ stored: 0, failed: 1 });
      expect(letters.list()).toMatchObject([
        { kind: 'permanent', attempts: 5 + replays, replays },
      ]);
    }
    expect(shelf.entries()).toEqual([letters.inspect('lamp')]);
    rows.mendKey('lamp');
    await clock.until(letters.replay());
    expect(rows.peek('lamp')).toBe(7);
    expect(letters.list()).toEqual([]);
  });

  test('leaves the others alone where the store is down', async () => {
    const { clock, rows, take, letters } = setUp();
    await take('lamp', 7);
    await take('chair', 8);
    rows.failNextWrites(refused);
    expect(await clock.until(letters.replay())).toEqual({
      ...{ stored: 0, overtaken: 0, failed: 1, untried: 1 },
    });
    expect(letters.list()).toMatchObject([{ replays: 1 }, { replays: 0 }]);
  });

  test('lets the others go first the next time', async () => {
    const { clock, rows, take, letters } = setUp();
    await take('lamp', 7);
    await take('chair', 8);
    await take('rug', 9);
    rows.breakKey('lamp', new DatabaseError('57014', 'statement timeout'));
    const replay = () => clock.until(letters.replay());
    expect(await replay()).toMatchObject({ stored: 0, untried: 2 });
    expect(await replay()).toMatchObject({ stored: 2, failed: 1 });
    expect(letters.list()).toMatchObject([{ key: 'lamp', replays: 2 }]);
  });

  test('nor does one that is written again go first', async () => {
    const { clock, rows, take, letters } = setUp();
    await take('lamp', 7);
    await take('chair', 8);
    rows.breakKey('lamp', new DatabaseError('57014', 'statement timeout'));
    await clock.until(letters.replay());
    const later = letters.store.write([set('lamp', 9)]);
    await expect(clock.until(later)).rejects.toThrow();
    await take('lamp', 9);
    const report = await clock.until(letters.replay());
    expect(report).toMatchObject({ stored: 1, failed: 1 });
    expect(letters.list()).toMatchObject([{ version: 9, replays: 2 }]);
  });

  test('does not keep the others where the row is to blame', async () => {
    const { clock, rows, take, letters } = setUp();
    await take('lamp', 7);
    await take('chair', 8);
    rows.breakKey('lamp', forbidden);
    const report = await clock.until(letters.replay());
    expect(report).toMatchObject({ stored: 1, failed: 1 });
    expect(rows.peek('chair')).toBe(8);
  });

  test('gives up waiting where the store hangs, and may land later', async () => {
    const { clock, rows, take, letters } = setUp({ timeoutMs: 50 });
    await take('lamp', 7);
    rows.hang();
    expect(await clock.until(letters.replay())).toMatchObject({ failed: 1 });
    rows.carryOut(set('lamp', 9));
    rows.recover();
    await clock.advance(100);
    expect(rows.peek('lamp')).toBe(9);
  });

  test('rejects where the shelf fails, and has lost nothing', async () => {
    const { clock, rows, shelf, take, letters } = setUp();
    await take('lamp', 7);
    shelf.failNext(new Error('the disk is full'));
    await expect(clock.until(letters.replay())).rejects.toThrow('disk');
    expect(letters.list()).toMatchObject([{ key: 'lamp' }]);
    expect(await clock.until(letters.replay())).toMatchObject({ stored: 1 });
    expect(rows.peek('lamp')).toBe(7);
    expect(shelf.entries()).toEqual([]);
  });
});

test('replays go one after the other, and the second finds nothing to do', async () => {
  const { clock, rows, take, letters } = setUp();
  await take('lamp', 7);
  const [first, second] = await clock.until(
    Promise.all([letters.replay(), letters.replay()]),
  );
  expect(first).toMatchObject({ stored: 1 });
  expect(second).toEqual({ stored: 0, overtaken: 0, failed: 0, untried: 0 });
  expect(rows.counts().writes).toBe(1);
});

test('a replay takes the letters that it was asked for, in their order', async () => {
  const { clock, take, letters, rows } = setUp();
  const written: string[] = [];
  const write = rows.write.bind(rows);
  rows.write = (batch) => {
    written.push(...batch.map(({ key }) => key));
    return write(batch);
  };
  await take('chair', 9);
  await take('rug', 8, forbidden);
  await take('lamp', 7);
  await clock.until(letters.replay({ kind: 'temporary' }));
  expect(written).toEqual(['lamp', 'chair']);
  expect(letters.list()).toMatchObject([{ key: 'rug' }]);
});

describe('the store that the cache uses', () => {
  test('settles what a partial error does not name', async () => {
    const { clock, rows, take, letters } = setUp();
    await take('lamp', 7);
    await take('chair', 8);
    rows.breakKey('lamp');
    const write = letters.store.write([set('lamp', 9), set('chair', 10)]);
    await expect(clock.until(write)).rejects.toThrow(PartialWriteError);
    expect(letters.list()).toMatchObject([{ key: 'lamp', version: 9 }]);
  });

  test.each([
    ['names nobody', []],
    ['names a stranger', [set('sofa', 1)]],
  ])('settles nothing where an error %s', async (_, failed) => {
    const { clock, rows, take, letters } = setUp();
    await take('lamp', 7);
    rows.failNextWrites(new PartialWriteError(failed));
    const write = letters.store.write([set('lamp', 9)]);
    await expect(clock.until(write)).rejects.toThrow(PartialWriteError);
    expect(letters.list()).toMatchObject([{ key: 'lamp', version: 9 }]);
  });

  test('needs no shelf for a key of which the shelf holds nothing', async () => {
    const { clock, rows, shelf, take, letters } = setUp();
    await take('lamp', 7);
    await clock.until(letters.store.write([set('lamp', 9)]));
    const full = new Error('the disk is full');
    shelf.failNext(full, full);
    await expect(take('lamp', 11)).rejects.toThrow('disk');
    await clock.until(letters.store.write([set('lamp', 11)]));
    expect(rows.peek('lamp')).toBe(11);
  });

  test('settles a batch that the store takes apart', async () => {
    const { take, letters } = setUp({
      store: {
        read: async () => undefined,
        write: async (batch) => {
          (batch as Operation<string, number>[]).length = 0;
        },
      },
    });
    await take('lamp', 7);
    await letters.store.write([set('lamp', 9)]);
    expect(letters.list()).toEqual([]);
  });

  test('does not write a row whose letter it could not replace', async () => {
    const { clock, rows, shelf, take, letters } = setUp();
    await take('lamp', 7);
    shelf.failNext(new Error('the disk is full'));
    const write = letters.store.write([set('lamp', 9)]);
    await expect(clock.until(write)).rejects.toThrow('disk');
    expect(rows.counts().writes).toBe(0);
  });

  test('does not write it the next time either, as long as it cannot', async () => {
    const { clock, rows, shelf, take, letters } = setUp();
    await take('lamp', 7);
    const full = new Error('the disk is full');
    shelf.failNext(full, full);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const write = letters.store.write([set('lamp', 9)]);
      await expect(clock.until(write)).rejects.toThrow('disk');
    }
    expect(rows.counts().writes).toBe(0);
    const write = letters.store.write([set('lamp', 9)]);
    await clock.advance(10);
    expect(shelf.entries()).toMatchObject([{ operation: { version: 9 } }]);
    await clock.until(write);
    expect(shelf.entries()).toEqual([]);
  });

  test('has written a row though its letter could not be removed', async () => {
    const { clock, rows, shelf, take, letters } = setUp();
    await take('lamp', 7);
    const write = letters.store.write([set('lamp', 9)]);
    await clock.advance(10);
    shelf.failNext(new Error('the disk is full'));
    await clock.until(write);
    expect(rows.peek('lamp')).toBe(9);
    expect(letters.list()).toMatchObject([{ version: 9 }]);
    await clock.until(letters.replay());
    expect(letters.list()).toEqual([]);
  });

  test('leaves a letter that is as new as the write, or newer, as it is', async () => {
    const { clock, rows, take, letters } = setUp();
    await take('lamp', 7, forbidden);
    const letter = letters.inspect('lamp');
    for (const version of [6, 7]) {
      rows.failNextWrites(refused);
      const write = letters.store.write([set('lamp', version)]);
      await expect(clock.until(write)).rejects.toThrow('refused');
      expect(letters.inspect('lamp')).toBe(letter);
    }
    await clock.until(letters.store.write([set('lamp', 6)]));
    expect(letters.inspect('lamp')).toBe(letter);
  });

  test('asks the shelf for nothing where there is no letter', async () => {
    const { clock, shelf, letters } = setUp();
    shelf.failNext(new Error('the disk is full'));
    await clock.until(letters.store.write([set('lamp', 9)]));
    expect(await letters.store.read('lamp')).toBe(9);
  });
});

describe('a purge', () => {
  test('by key or by age forgets, and returns what it has forgotten', async () => {
    const { clock, shelf, take, letters } = setUp();
    await take('lamp', 7);
    await take('rug', 8, forbidden);
    await clock.advance(1000);
    await take('chair', 9);
    const old = await letters.purge({ olderThanMs: 500, kind: 'permanent' });
    expect(old).toMatchObject([{ operation: set('rug', 8) }]);
    await letters.purge({ key: 'lamp' });
    expect(letters.list()).toMatchObject([{ key: 'chair' }]);
    expect(shelf.entries()).toHaveLength(1);
  });

  test('of everything must be meant', async () => {
    const { take, letters } = setUp();
    await take('lamp', 7);
    await expect(letters.purge({})).rejects.toThrow(
      'selection: expected a key, a kind or an age, got none of them',
    );
    await expect(letters.purge({ olderThanMs: -1 })).rejects.toThrow(
      'olderThanMs: expected milliseconds from 0, got -1',
    );
    expect(letters.list()).toHaveLength(1);
    await letters.purge({ olderThanMs: 0, kind: 'unknown' });
    expect(letters.list()).toHaveLength(1);
  });

  test('during a replay that fails is not undone by it', async () => {
    const { clock, rows, shelf, take, letters } = setUp();
    await take('lamp', 7);
    rows.breakKey('lamp', forbidden);
    const replay = letters.replay();
    await clock.advance(10);
    await letters.purge({ key: 'lamp' });
    await clock.until(replay);
    expect(letters.list()).toEqual([]);
    expect(shelf.entries()).toEqual([]);
  });

  test('that the shelf fails is told, and has forgotten nothing', async () => {
    const { shelf, take, letters } = setUp();
    await take('lamp', 7);
    shelf.failNext(new Error('the disk is full'));
    await expect(letters.purge({ key: 'lamp' })).rejects.toThrow('disk');
    expect(letters.list()).toHaveLength(1);
  });
});

test('P9: the journal forgets a write when it is on the shelf, and no sooner', async () => {
  const journal = new InMemoryJournal<string, number>();
  const { clock, shelf, cache, lose } = setUpCache({ journal });
  shelf.failNext(new Error('the disk is full'));
  await lose('lamp', 49);
  expect(journal.entries()).toMatchObject([{ key: 'lamp' }]);
  expect(shelf.entries()).toEqual([]);
  await lose('lamp', 45);
  expect(journal.entries()).toEqual([]);
  expect(shelf.entries()).toMatchObject([{ operation: { value: 45 } }]);
  await clock.until(cache.close());
});

test('options are checked', () => {
  expect(() => setUp({ maxLetters: 0 })).toThrow(
    'maxLetters: expected a whole number above 0, got 0',
  );
  expect(() => setUp({ timeoutMs: -1 })).toThrow('timeoutMs: expected');
});

test('a letter is the same after a way through JSON', async () => {
  const { letters, take } = setUp();
  await take('lamp', 7);
  const letter = letters.inspect('lamp');
  const copy: Letter<string, number> = JSON.parse(JSON.stringify(letter));
  expect(copy).toEqual(letter);
});
