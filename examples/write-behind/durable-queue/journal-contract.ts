/**
 * What every journal owes the cache, as checks that run on any of them. A check
 * is passed a place that is empty, and rejects where the journal breaks it.
 */
import assert from 'node:assert/strict';
import type { Journal } from '../../shared/journal.ts';
import type { Operation } from '../../shared/store.ts';

// #region place
export interface ClosableJournal extends Journal<string, unknown> {
  close(): Promise<void>;
}

/** Where the journals of one process after the other are. */
export interface Place {
  open(): Promise<ClosableJournal>;
  /** As `open`, after the process before was killed. */
  openAfterKill(): Promise<ClosableJournal>;
}
// #endregion place

export interface Clause {
  readonly name: string;
  readonly check: (place: Place) => Promise<void>;
}

export function put(
  key: string,
  version: number,
  value: unknown = `value ${version}`,
): Operation<string, unknown> {
  return { type: 'set', key, value, version };
}

function remove(key: string, version: number): Operation<string, unknown> {
  return { type: 'delete', key, version };
}

async function appendAll(
  journal: Journal<string, unknown>,
  operations: readonly Operation<string, unknown>[],
): Promise<void> {
  for (const operation of operations) await journal.append(operation);
}

// #region contract
export const contract: readonly Clause[] = [
  {
    name: 'replays what was appended, in order, and again',
    async check(place) {
      const journal = await place.open();
      assert.deepEqual(await journal.replay(), []);
      const all = [put('b', 1), remove('a', 2), put('b', 3)];
      await appendAll(journal, all);
      assert.deepEqual(await journal.replay(), all);
      assert.deepEqual(await journal.replay(), all);
    },
  },
  {
    name: 'has what it acknowledged when its process is killed',
    async check(place) {
      const journal = await place.open();
      const all = [put('a', 1), put('b', 2), remove('a', 3)];
      await Promise.all(all.map((operation) => journal.append(operation)));
      const next = await place.openAfterKill();
      assert.deepEqual(await next.replay(), all);
    },
  },
  {
    name: 'keeps what was replayed until it is settled',
    async check(place) {
      const first = await place.open();
      await appendAll(first, [put('a', 1), put('b', 2)]);
      const second = await place.openAfterKill();
      await second.replay();
      const third = await place.openAfterKill();
      assert.deepEqual(await third.replay(), [put('a', 1), put('b', 2)]);
    },
  },
  // #endregion contract
  {
    name: 'forgets an operation and the earlier ones of its key',
    async check(place) {
      const journal = await place.open();
      const operations = [put('a', 1), put('b', 2), put('a', 3), put('a', 4)];
      await appendAll(journal, operations);
      await journal.settle([{ key: 'a', version: 3 }]);
      assert.deepEqual(await journal.replay(), [put('b', 2), put('a', 4)]);
    },
  },
  {
    name: 'forgets what another process has appended',
    async check(place) {
      const first = await place.open();
      await appendAll(first, [put('a', 1), put('a', 2), put('b', 3)]);
      const second = await place.openAfterKill();
      await second.replay();
      await second.settle([{ key: 'a', version: 2 }]);
      assert.deepEqual(await second.replay(), [put('b', 3)]);
      await second.close();
      const third = await place.open();
      assert.deepEqual(await third.replay(), [put('b', 3)]);
    },
  },
  {
    name: 'settles what it does not have',
    async check(place) {
      const journal = await place.open();
      await journal.append(put('a', 5));
      await journal.settle([]);
      await journal.settle([{ key: 'b', version: 9 }]);
      await journal.settle([{ key: 'a', version: 4 }]);
      assert.deepEqual(await journal.replay(), [put('a', 5)]);
    },
  },
  {
    name: 'knows the highest version, of what it has forgotten too',
    async check(place) {
      const journal = await place.open();
      assert.equal(await journal.lastVersion(), 0);
      const highest = 1_767_225_600_000_001;
      await appendAll(journal, [put('a', highest), put('b', 7)]);
      await journal.settle([{ key: 'a', version: highest }]);
      assert.equal(await journal.lastVersion(), highest);
      const next = await place.openAfterKill();
      assert.equal(await next.lastVersion(), highest);
    },
  },
  {
    name: 'keeps values and keys as they are',
    async check(place) {
      const journal = await place.open();
      const values = [0, '', false, null, [], {}, 'a\u0000b', '\ud800', '値'];
      const keys = ['', 'a b', "it's", '\u0000', '\ud800', '鍵', '{a}:b'];
      const all = [...values, 'x'.repeat(100_000)].map((value, index) =>
        put(`key ${index}`, index + 1, value),
      );
      const more = keys.map((key, index) => put(key, index + 100));
      await appendAll(journal, [...all, ...more]);
      const next = await place.openAfterKill();
      assert.deepEqual(await next.replay(), [...all, ...more]);
      const settled = keys.map((key) => ({ key, version: 200 }));
      await next.settle(settled);
      assert.deepEqual(await next.replay(), all);
    },
  },
  {
    name: 'takes many writers at once',
    async check(place) {
      const journal = await place.open();
      const all = Array.from({ length: 60 }, (_, index) =>
        put(`key ${index % 7}`, index + 1),
      );
      await Promise.all(all.map((operation) => journal.append(operation)));
      assert.deepEqual(await journal.replay(), all);
    },
  },
];

/** And what those owe that outlive their process. */
export const durableContract: readonly Clause[] = [
  {
    name: 'rejects what JSON cannot hold, and no neighbour of it',
    async check(place) {
      const journal = await place.open();
      const before = journal.append(put('a', 1));
      const circular: unknown[] = [];
      circular.push(circular);
      for (const value of [undefined, 1n, circular, () => {}]) {
        const operation = { ...put('b', 2), value };
        await assert.rejects(journal.append(operation), TypeError);
      }
      const after = journal.append(put('c', 3));
      await Promise.all([before, after]);
      assert.deepEqual(await journal.replay(), [put('a', 1), put('c', 3)]);
    },
  },
  {
    name: 'writes the value as it is when it is appended',
    async check(place) {
      const journal = await place.open();
      const value = { page: '/cart' };
      const appended = journal.append(put('a', 1, value));
      value.page = '/checkout';
      await appended;
      const [operation] = await journal.replay();
      assert.deepEqual(operation, put('a', 1, { page: '/cart' }));
    },
  },
  {
    name: 'closes when what was appended is safe, and says so afterwards',
    async check(place) {
      const journal = await place.open();
      const appended = journal.append(put('a', 1));
      await Promise.all([journal.close(), appended]);
      await journal.close();
      await assert.rejects(journal.append(put('a', 2)), /closed/);
      const settled = journal.settle([{ key: 'a', version: 1 }]);
      await assert.rejects(settled, /closed/);
      await assert.rejects(journal.replay(), /closed/);
      await assert.rejects(journal.lastVersion(), /closed/);
      const next = await place.open();
      assert.deepEqual(await next.replay(), [put('a', 1)]);
    },
  },
];
