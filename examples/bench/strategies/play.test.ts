import { describe, expect, test } from 'vitest';
import { strategies } from '../../strategies/strategies.ts';
import { type Observed, play } from './play.ts';
import { keys, type Request } from './workloads.ts';

/** `'100 get 1'` comes 100 ms after the one before it. */
function requests(...lines: readonly string[]): Request[] {
  return lines.map((line) => {
    const [afterMs, type, rank] = line.split(' ');
    return {
      afterMs: Number(afterMs),
      type: type === 'get' ? 'get' : 'set',
      key: `product:${rank}`,
    };
  });
}

/** By hand, from what the pages say that each strategy does. */
function observedBy(byStrategy: Readonly<Record<string, Partial<Observed>>>) {
  return strategies.map(({ name }) => {
    const expected = byStrategy[name];
    if (expected === undefined) throw new Error(`expected ${name}`);
    return { name, expected };
  });
}

async function playOn(name: string, ...lines: readonly string[]) {
  const [strategy] = strategies.filter((one) => one.name === name);
  if (strategy === undefined) throw new Error(`there is no ${name}`);
  return play(strategy, requests(...lines));
}

describe('a get, another one, a set, and two gets, one after the other', () => {
  const kept = { gets: 4, hits: 3, databaseReads: 1 };
  const removed = { gets: 4, hits: 2, databaseReads: 2 };
  const written = { databaseWrites: 1, rows: 1 };
  const cases = observedBy({
    // Memory has what was set.
    'write-behind': { ...kept, ...written, acknowledgedAfter: [0] },
    // 20 ms for the database, 1 for the cache, which has what was set.
    'write-through': { ...kept, ...written, acknowledgedAfter: [21] },
    // 20 and 1 for the removal, after which the next get reads.
    'write-around': { ...removed, ...written, acknowledgedAfter: [21] },
    'cache-aside': { ...removed, ...written, acknowledgedAfter: [21] },
    // To forget takes no time.
    'read-through': { ...removed, ...written, acknowledgedAfter: [20] },
    // 20 and 1 for the event.
    'cache-invalidation': { ...removed, ...written, acknowledgedAfter: [21] },
  });
  test.each(cases)('are counted with $name', async ({ name, expected }) => {
    const one = ['0 get 1', '100 get 1', '100 set 1', '100 get 1', '100 get 1'];
    expect(await playOn(name, ...one)).toEqual(expected);
  });
});

describe('three sets of one key, and one of another, at once', () => {
  const each = { gets: 0, hits: 0, databaseReads: 0 };
  const through = { ...each, databaseWrites: 4, rows: 4 };
  const cases = observedBy({
    // The last of each key, together, when the cache closes.
    'write-behind': {
      ...{ ...each, databaseWrites: 1, rows: 2 },
      acknowledgedAfter: [0, 0, 0, 0],
    },
    'write-through': { ...through, acknowledgedAfter: [21, 21, 21, 21] },
    'write-around': { ...through, acknowledgedAfter: [21, 21, 21, 21] },
    'cache-aside': { ...through, acknowledgedAfter: [21, 21, 21, 21] },
    'read-through': { ...through, acknowledgedAfter: [20, 20, 20, 20] },
    'cache-invalidation': { ...through, acknowledgedAfter: [21, 21, 21, 21] },
  });
  test.each(cases)('are counted with $name', async ({ name, expected }) => {
    const sets = ['0 set 1', '0 set 1', '0 set 1', '0 set 2'];
    expect(await playOn(name, ...sets)).toEqual(expected);
  });
});

describe('three gets of one key, the last when the first two have read', () => {
  const cases = observedBy({
    // The second joins the first, and is no hit for all that.
    'write-behind': { gets: 3, hits: 1, databaseReads: 1 },
    'write-through': { gets: 3, hits: 1, databaseReads: 1 },
    'read-through': { gets: 3, hits: 1, databaseReads: 1 },
    'cache-invalidation': { gets: 3, hits: 1, databaseReads: 1 },
    // Each process reads for itself, while another one has the lease.
    'write-around': { gets: 3, hits: 1, databaseReads: 2 },
    'cache-aside': { gets: 3, hits: 1, databaseReads: 2 },
  });
  test.each(cases)('are counted with $name', async ({ name, expected }) => {
    const gets = ['0 get 1', '2 get 1', '20 get 1'];
    expect(await playOn(name, ...gets)).toMatchObject(expected);
  });
});

describe.each(strategies)('with $name', ({ name }) => {
  test('a cache that holds 250 entries has forgotten the first of 251', async () => {
    const filling = keys.slice(0, 251).map((_, index) => `10 get ${index + 1}`);
    const observed = await playOn(name, ...filling, '10 get 1', '10 get 251');
    expect(observed).toMatchObject({ gets: 253, hits: 1, databaseReads: 252 });
  });
});

test('the eleventh call of the database waits for one of ten to end', async () => {
  const sets = keys.slice(0, 11).map((_, index) => `0 set ${index + 1}`);
  const { acknowledgedAfter } = await playOn('read-through', ...sets);
  expect(acknowledgedAfter).toEqual([...Array(10).fill(20), 40]);
});

test('a read of the database is no slower while one waits for the cache', async () => {
  const observed = await playOn('write-through', '0 get 1', '0 set 1');
  expect(observed).toMatchObject({ gets: 1, hits: 0, databaseReads: 1 });
  expect(observed.acknowledgedAfter).toEqual([21]);
});
