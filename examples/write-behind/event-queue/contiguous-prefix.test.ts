import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ContiguousPrefix } from './contiguous-prefix.ts';

test('what is done behind something open waits for it', () => {
  const prefix = new ContiguousPrefix();
  for (const position of [0, 1, 2]) prefix.begin(position);
  prefix.finish(1);
  prefix.finish(2);
  expect(prefix.end).toBeUndefined();
  prefix.finish(0);
  expect(prefix.end).toBe(2);
});

test('positions that the log skips hold nothing up', () => {
  const prefix = new ContiguousPrefix();
  for (const position of [3, 7, 20]) prefix.begin(position);
  prefix.finish(3);
  prefix.finish(7);
  expect(prefix.end).toBe(7);
});

test('what comes again is no second piece of work, until it is acknowledged', () => {
  const prefix = new ContiguousPrefix();
  expect(prefix.begin(5)).toBe(true);
  expect(prefix.begin(5)).toBe(false);
  prefix.finish(5);
  expect(prefix.begin(5)).toBe(false);
  prefix.drop(5);
  expect(prefix.begin(5)).toBe(true);
});

test('what comes late stands before what came earlier', () => {
  const prefix = new ContiguousPrefix();
  prefix.begin(9);
  prefix.finish(9);
  prefix.begin(2);
  expect(prefix.end).toBeUndefined();
  // The log has been told of 9 meanwhile.
  prefix.drop(9);
  expect(prefix.size).toBe(2);
  prefix.finish(2);
  expect(prefix.end).toBe(9);
});

type Step = readonly ['begin' | 'finish' | 'drop', number];

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom('begin' as const, 'finish' as const, 'drop' as const),
  fc.nat(12),
);

type Prefix = Pick<ContiguousPrefix, 'begin' | 'finish' | 'drop' | 'end'>;

/** In each order of reading, finishing and acknowledging. */
// #region property
const nothingOpenIsAcknowledged = (create: () => Prefix) =>
  fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const prefix = create();
    const open = new Set<number>();
    const done = new Set<number>();
    for (const [what, position] of steps) {
      if (what === 'begin' && prefix.begin(position)) open.add(position);
      if (what === 'finish' && open.delete(position)) {
        prefix.finish(position);
        done.add(position);
      }
      const isFirst = (it: number) => it < Math.min(...open);
      const first = [...done].filter(isFirst).sort((a, b) => a - b);
      expect(prefix.end).toBe(first.at(-1));
      if (what === 'drop' && prefix.end !== undefined) {
        prefix.drop(prefix.end);
        for (const it of first) done.delete(it);
      }
    }
  });

test('nothing open is acknowledged, and all else is', () => {
  fc.assert(nothingOpenIsAcknowledged(() => new ContiguousPrefix()));
});
// #endregion property

test('the furthest that is done, or the number of those, breaks that', () => {
  class Furthest extends ContiguousPrefix {
    #done: number[] = [];
    override finish(position: number): void {
      this.#done.push(position);
    }
    override drop(): void {
      this.#done = [];
    }
    override get end(): number | undefined {
      return this.#done.length > 0 ? Math.max(...this.#done) : undefined;
    }
  }
  const furthest = nothingOpenIsAcknowledged(() => new Furthest());
  const { failed } = fc.check(furthest, { seed: 1 });
  expect(failed).toBe(true);
});
