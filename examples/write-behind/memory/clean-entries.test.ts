import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { CleanEntries, type CleanEntriesOptions } from './clean-entries.ts';

function setUp(options: Partial<CleanEntriesOptions> = {}) {
  const clock = new VirtualClock();
  const entries = new CleanEntries<string, number>({
    ...{ clock, ttlMs: 60_000, maxBytes: 3 },
    ...options,
  });
  const keep = (key: string, bytes = 1) =>
    entries.keep(key, 5, bytes, clock.now());
  const kept = (...keys: string[]) => keys.filter((key) => entries.recall(key));
  return { clock, entries, keep, kept };
}

describe('a bound in bytes', () => {
  test('the entry that was not used for the longest time makes room', () => {
    const { entries, keep, kept } = setUp();
    for (const key of ['tea', 'cup', 'pot']) keep(key);
    entries.recall('tea');
    keep('lamp');
    expect(kept('tea', 'cup', 'pot', 'lamp')).toEqual(['tea', 'pot', 'lamp']);
    expect(entries.evicted).toBe(1);
  });

  test('to be kept again is to be used', () => {
    const { keep, kept } = setUp();
    for (const key of ['tea', 'cup', 'pot', 'tea', 'lamp']) keep(key);
    expect(kept('tea', 'cup')).toEqual(['tea']);
  });

  test('as many make room as a large one needs', () => {
    const { entries, keep, kept } = setUp();
    for (const key of ['tea', 'cup', 'pot']) keep(key);
    keep('lamp', 2);
    expect(kept('tea', 'cup', 'pot', 'lamp')).toEqual(['pot', 'lamp']);
    expect(entries.bytes).toBe(3);
  });

  test('one that is larger than the bound drives out no other', () => {
    const { keep, kept } = setUp();
    keep('tea');
    keep('lamp', 4);
    expect(kept('tea', 'lamp')).toEqual(['tea']);
  });

  test('one that grows beyond the bound leaves no older value', () => {
    const { entries, keep, kept } = setUp();
    keep('tea');
    keep('tea', 4);
    expect(kept('tea')).toEqual([]);
    expect(entries.bytes).toBe(0);
  });
});

describe('a time to live', () => {
  test('ends exactly when it is over', async () => {
    const { clock, keep, kept } = setUp();
    keep('tea');
    await clock.advance(59_999);
    expect(kept('tea')).toEqual(['tea']);
    await clock.advance(1);
    expect(kept('tea')).toEqual([]);
  });

  test('is not prolonged by reads', async () => {
    const { clock, keep, kept } = setUp();
    keep('tea');
    await clock.advance(30_000);
    expect(kept('tea')).toEqual(['tea']);
    await clock.advance(30_000);
    expect(kept('tea')).toEqual([]);
  });

  test('gives back the bytes of what a read finds expired', async () => {
    const { clock, entries, keep } = setUp();
    keep('tea');
    await clock.advance(60_000);
    entries.recall('tea');
    expect(entries).toMatchObject({ bytes: 0, size: 0, evicted: 0 });
  });

  test('of 0 keeps nothing for a read', () => {
    const { keep, kept } = setUp({ ttlMs: 0 });
    keep('tea');
    expect(kept('tea')).toEqual([]);
  });
});

/** The same, as one would explain it: a list, the last used last. */
class PlainEntries {
  rows: { key: string; bytes: number; expires: number }[] = [];
  now = 0;

  keep(key: string, bytes: number): void {
    this.rows = this.rows.filter((row) => row.key !== key);
    if (bytes > 10) return;
    this.rows.push({ key, bytes, expires: this.now + 5 });
    while (this.bytes() > 10) this.rows.shift();
  }

  recall(key: string): boolean {
    const found = this.rows.find((row) => row.key === key);
    this.rows = this.rows.filter((row) => row !== found);
    if (found === undefined || found.expires <= this.now) return false;
    this.rows.push(found);
    return true;
  }

  bytes(): number {
    return this.rows.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

test('after whatever came, what is kept is what a plain list keeps', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
  const step = fc.oneof(
    fc.record({ do: fc.constant('keep'), key, bytes: fc.nat(12) }),
    fc.record({ do: fc.constant('recall'), key, bytes: fc.constant(0) }),
    fc.record({ do: fc.constant('pass'), key, bytes: fc.nat(3) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const plain = new PlainEntries();
      const clock = { now: () => plain.now, schedule: () => () => {} };
      const { entries } = setUp({ clock, ttlMs: 5, maxBytes: 10 });
      for (const { do: verb, key, bytes } of steps) {
        if (verb === 'pass') plain.now += bytes;
        if (verb === 'keep') {
          plain.keep(key, bytes);
          entries.keep(key, 5, bytes, plain.now);
        }
        if (verb === 'recall') {
          expect(entries.recall(key) !== undefined).toBe(plain.recall(key));
        }
        expect(entries.bytes).toBe(plain.bytes());
        expect(entries.size).toBe(plain.rows.length);
      }
    }),
    { numRuns: 1000 },
  );
});

test('replaced values are let go of, though nothing has to make room', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const entries = new CleanEntries<number, object>({
    ...{ clock: new VirtualClock(), ttlMs: 60_000, maxBytes: 1000 },
  });
  const values: WeakRef<object>[] = [];
  for (let cents = 0; cents < 1000; cents += 1) {
    const value = { cents };
    entries.keep(cents % 10, value, 1, 0);
    values.push(new WeakRef(value));
  }
  // A weak reference holds on to its target until the job is over.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  const kept = values.filter((value) => value.deref() !== undefined);
  expect(kept.length).toBeLessThan(100);
});
