import { describe, expect, test } from 'vitest';
import { InMemoryJournal } from './in-memory-journal.ts';
import type { Operation } from './store.ts';
import { VirtualClock } from './virtual-clock.ts';

function put(key: string, version: number): Operation<string, number> {
  return { type: 'set', key, value: version, version };
}

describe('the in-memory journal', () => {
  test('replays what was appended, in order, and again', async () => {
    const journal = new InMemoryJournal<string, number>();
    await journal.append(put('b', 1));
    await journal.append(put('a', 2));
    await journal.append(put('b', 3));
    const all = [put('b', 1), put('a', 2), put('b', 3)];
    expect(await journal.replay()).toEqual(all);
    expect(await journal.replay()).toEqual(all);
  });

  test('forgets an operation and the earlier ones of its key', async () => {
    const journal = new InMemoryJournal<string, number>();
    const operations = [put('a', 1), put('b', 2), put('a', 3), put('a', 4)];
    for (const operation of operations) await journal.append(operation);
    await journal.settle([put('a', 3)]);
    expect(journal.entries()).toEqual([put('b', 2), put('a', 4)]);
  });

  test('knows the highest version, also of what it has forgotten', async () => {
    const journal = new InMemoryJournal<string, number>();
    expect(await journal.lastVersion()).toBe(0);
    await journal.append(put('a', 7));
    await journal.append(put('b', 5));
    await journal.settle([put('a', 7), put('b', 5)]);
    expect(await journal.lastVersion()).toBe(7);
  });

  test('takes its time, through the clock', async () => {
    const clock = new VirtualClock();
    const journal = new InMemoryJournal<string, number>({ appendMs: 2, clock });
    const appended = journal.append(put('a', 1));
    await clock.advance(1);
    expect(journal.entries()).toEqual([]);
    await clock.until(appended);
    expect(journal.entries()).toEqual([put('a', 1)]);
  });

  test('fails the next calls', async () => {
    const journal = new InMemoryJournal<string, number>();
    const full = new Error('the disk is full');
    journal.failNext(full, full, full);
    await expect(journal.append(put('a', 1))).rejects.toBe(full);
    await expect(journal.settle([put('a', 1)])).rejects.toBe(full);
    await expect(journal.replay()).rejects.toBe(full);
    expect(await journal.replay()).toEqual([]);
  });
});
