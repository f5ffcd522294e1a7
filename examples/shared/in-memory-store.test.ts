import { describe, expect, test } from 'vitest';
import { InMemoryStore } from './in-memory-store.ts';
import { type Operation, PartialWriteError } from './store.ts';
import { VirtualClock } from './virtual-clock.ts';

function put(key: string, value: number, version: number) {
  return { type: 'set', key, value, version } as const;
}

function remove(key: string, version: number) {
  return { type: 'delete', key, version } as const;
}

function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({
    rows: [['kept', 1]],
    readMs: 5,
    writeMs: 20,
    clock,
  });
  const write = (...batch: Operation<string, number>[]) =>
    clock.until(store.write(batch));
  return { clock, store, write };
}

describe('the in-memory store', () => {
  test('carries out sets and deletes', async () => {
    const { store, write } = setUp();
    await write(put('new', 2, 1), remove('kept', 2));
    expect(store.entries()).toEqual([['new', 2]]);
    expect(store.peek('kept')).toBeUndefined();
  });

  test('takes its time, through the clock', async () => {
    const { clock, store, write } = setUp();
    expect(await clock.until(store.read('kept'))).toBe(1);
    expect(clock.now()).toBe(5);
    await write(put('kept', 2, 1));
    expect(clock.now()).toBe(25);
  });

  test('answers with what it held when it was asked', async () => {
    const { clock, store, write } = setUp();
    const writing = store.write([put('kept', 2, 1)]);
    await clock.advance(18);
    const answer = store.read('kept');
    await clock.advance(2);
    await writing;
    expect(store.peek('kept')).toBe(2);
    expect(await clock.until(answer)).toBe(1);
    await write();
  });

  test('ignores an operation that is older than what it holds', async () => {
    const { store, write } = setUp();
    await write(put('kept', 3, 3));
    await write(put('kept', 2, 2));
    expect(store.peek('kept')).toBe(3);
  });

  test('ignores a write that is older than the delete of its row', async () => {
    const { store, write } = setUp();
    await write(remove('kept', 2));
    await write(put('kept', 9, 1));
    expect(store.peek('kept')).toBeUndefined();
  });

  test('carries out an operation that comes again', async () => {
    const { store, write } = setUp();
    await write(put('kept', 2, 1));
    await write(put('kept', 2, 1));
    expect(store.peek('kept')).toBe(2);
  });

  test('says whether an operation has changed its row', () => {
    const { store } = setUp();
    expect(store.carryOut(put('kept', 3, 3))).toBe(true);
    expect(store.carryOut(put('kept', 2, 2))).toBe(false);
    expect(store.peek('kept')).toBe(3);
  });

  test('fails the next writes as a whole', async () => {
    const { store, write } = setUp();
    store.failNextWrites(new Error('deadlock'), new Error('timeout'));
    await expect(write(put('a', 1, 1))).rejects.toThrow('deadlock');
    await expect(write(put('a', 1, 1))).rejects.toThrow('timeout');
    expect(store.peek('a')).toBeUndefined();
    await write(put('a', 1, 1));
    expect(store.peek('a')).toBe(1);
  });

  test('fails single keys, and names them', async () => {
    const { store, write } = setUp();
    const cause = new Error('value too long');
    store.breakKey('bad', cause);
    const failure = write(put('good', 1, 1), put('bad', 2, 2));
    await expect(failure).rejects.toBeInstanceOf(PartialWriteError);
    await expect(failure).rejects.toMatchObject({
      failed: [put('bad', 2, 2)],
      permanent: false,
      cause,
    });
    expect(store.peek('good')).toBe(1);
    store.mendKey('bad');
    await write(put('bad', 2, 2));
    expect(store.peek('bad')).toBe(2);
  });

  test('says so when what fails will always fail', async () => {
    const { store, write } = setUp();
    store.breakKey('bad', Object.assign(new Error(), { permanent: true }));
    const failure = write(put('bad', 1, 1));
    await expect(failure).rejects.toMatchObject({ permanent: true });
    store.breakKey('early', new Error());
    const both = write(put('bad', 1, 1), put('early', 1, 2));
    await expect(both).rejects.toMatchObject({
      hopeless: [{ key: 'bad' }],
      permanent: false,
    });
  });

  test('hangs, and does what was asked when it recovers', async () => {
    const { clock, store } = setUp();
    store.hang();
    const writing = store.write([put('kept', 2, 1)]);
    const reading = store.read('kept');
    await clock.advance(60_000);
    expect(store.peek('kept')).toBe(1);
    store.recover();
    await clock.until(Promise.all([writing, reading]));
    expect(store.peek('kept')).toBe(2);
  });

  test('counts reads, writes and rows', async () => {
    const { clock, store, write } = setUp();
    await clock.until(store.read('kept'));
    await write(put('a', 1, 1), put('b', 2, 2));
    await write(put('a', 0, 0));
    expect(store.counts()).toEqual({ reads: 1, writes: 2, rows: 2 });
  });
});

describe('the in-memory store as a table', () => {
  test('draws a version of its own at each commit', async () => {
    const { clock, store } = setUp();
    const find = () => clock.until(store.find('kept'));
    expect(await find()).toEqual({ value: 1, version: 0 });
    const first = await clock.until(store.put('kept', 2));
    expect(first).toEqual({ value: 2, version: 1 });
    const left = await clock.until(store.remove('kept'));
    expect(left).toEqual({ value: undefined, version: 2 });
    expect(await find()).toEqual(left);
    const second = await clock.until(store.put('kept', 3));
    expect(second).toEqual({ value: 3, version: 3 });
    expect(await find()).toEqual(second);
    expect(store.row('kept')).toEqual(second);
  });

  test('finds no version where there has never been a row', async () => {
    const { clock, store } = setUp();
    const row = await clock.until(store.find('new'));
    expect(row).toEqual({ value: undefined, version: 0 });
  });

  test('goes on from the versions of a batch', async () => {
    const { clock, store, write } = setUp();
    await write(put('kept', 2, 7));
    const row = await clock.until(store.put('kept', 3));
    expect(row).toEqual({ value: 3, version: 8 });
  });

  test('commits after the time of a write, in the order of the commits', async () => {
    const { clock, store } = setUp();
    const first = store.put('kept', 2);
    await clock.advance(19);
    const second = store.put('kept', 3);
    expect(store.row('kept').version).toBe(0);
    expect(await clock.until(first)).toEqual({ value: 2, version: 1 });
    expect(clock.now()).toBe(20);
    expect(await clock.until(second)).toEqual({ value: 3, version: 2 });
    expect(clock.now()).toBe(39);
  });

  test('fails the next writes, and the row stays', async () => {
    const { clock, store } = setUp();
    store.failNextWrites(new Error('deadlock'), new Error('timeout'));
    const putting = clock.until(store.put('kept', 2));
    await expect(putting).rejects.toThrow('deadlock');
    const removing = clock.until(store.remove('kept'));
    await expect(removing).rejects.toThrow('timeout');
    expect(store.row('kept')).toEqual({ value: 1, version: 0 });
  });

  test('refuses the rows of a broken key, with the cause', async () => {
    const { clock, store } = setUp();
    const cause = new Error('value too long');
    store.breakKey('kept', cause);
    await expect(clock.until(store.put('kept', 2))).rejects.toBe(cause);
    await expect(clock.until(store.remove('kept'))).rejects.toBe(cause);
    expect(store.peek('kept')).toBe(1);
  });

  test('hangs, and commits when it recovers', async () => {
    const { clock, store } = setUp();
    store.hang();
    const putting = store.put('kept', 2);
    await clock.advance(60_000);
    expect(store.peek('kept')).toBe(1);
    store.recover();
    expect(await clock.until(putting)).toEqual({ value: 2, version: 1 });
  });

  test('counts its calls as reads, writes and rows', async () => {
    const { clock, store } = setUp();
    await clock.until(store.find('kept'));
    await clock.until(store.put('kept', 2));
    await clock.until(store.remove('kept'));
    expect(store.counts()).toEqual({ reads: 1, writes: 2, rows: 2 });
  });
});

describe('an answer that is lost', () => {
  test('leaves the row written, and the caller with an error', async () => {
    const { clock, store, write } = setUp();
    const error = new Error('the connection broke after the commit');
    store.loseNextAnswers(error, error, error);
    await expect(write(put('kept', 2, 1))).rejects.toBe(error);
    expect(store.row('kept')).toEqual({ value: 2, version: 1 });
    await expect(clock.until(store.put('kept', 3))).rejects.toBe(error);
    expect(store.row('kept')).toEqual({ value: 3, version: 2 });
    await expect(clock.until(store.remove('kept'))).rejects.toBe(error);
    expect(store.row('kept')).toEqual({ value: undefined, version: 3 });
    await clock.until(store.put('kept', 4));
  });

  test('says nothing of the rows that were refused', async () => {
    const { store, write } = setUp();
    const error = new Error('the connection broke after the commit');
    store.breakKey('bad');
    store.loseNextAnswers(error);
    const writing = write(put('good', 1, 1), put('bad', 1, 1));
    await expect(writing).rejects.toBe(error);
    expect(store.peek('good')).toBe(1);
  });

  test('is that of a write that was carried out', async () => {
    const { clock, store } = setUp();
    store.failNextWrites(new Error('deadlock'));
    store.loseNextAnswers(new Error('connection reset'));
    const failing = clock.until(store.put('kept', 2));
    await expect(failing).rejects.toThrow('deadlock');
    const losing = clock.until(store.put('kept', 2));
    await expect(losing).rejects.toThrow('connection reset');
  });
});

test('the next reads fail, by either name, after their time', async () => {
  const { clock, store } = setUp();
  store.failNextReads(new Error('timeout'), new Error('reset'));
  await expect(clock.until(store.read('kept'))).rejects.toThrow('timeout');
  expect(clock.now()).toBe(5);
  await expect(clock.until(store.find('kept'))).rejects.toThrow('reset');
  expect(await clock.until(store.read('kept'))).toBe(1);
});
