/** What a key and its value take in memory, by kind and by state. */
import {
  type Benchmark,
  type Part,
  type Scale,
  scaled,
} from './harness/benchmark.ts';
import type { Figure, Sample } from './harness/figure.ts';
import { inDigits } from './harness/in-digits.ts';
import { bytesOfOne } from './memory/footprint.ts';
import { kinds, type Make } from './memory/kinds.ts';
import {
  type Holder,
  keyOf,
  newCache,
  newExpiringCache,
  states,
} from './memory/states.ts';

/** A table of 8,192 is as full of them as one of 131,072 is of 100,000. */
const fullCount = 6250;
/** One more than a power of two: the table for them has the most room. */
const sparseCount = 2 ** 12 + 1;
const writesOfOneKey = 100_000;

export const benchmark: Benchmark = {
  conditions: [
    `Of ${inDigits(fullCount)} keys, each a string of 6 to 9 characters. The caches have their defaults, except that nothing is flushed before it is told to, and that no bound is reached.`,
    'Each value is made for its write, and its caller lets it go; it comes as a request brings it: strings are flat, and objects are parsed from JSON.',
    'Bytes are those of the heap after a full garbage collection, with what buffers hold outside of it. They are those of 64-bit Node.js, whose pointers are not compressed.',
  ].join(' '),
  parts: [byKindAndState(), extremes()],
  derived: {},
};

function byKindAndState(): Part {
  const all = Object.entries(kinds).flatMap(([kind, value]) =>
    Object.entries(states).map(([name, state]) => ({
      figure: `bytes/${name}/${kind}`,
      is: `the bytes of ${state.is}; a value is ${value.is}`,
      hold: state.hold,
      make: value.make,
    })),
  );
  return {
    figures: Object.fromEntries(
      all.map(({ figure, is }): [string, Figure] => [
        figure,
        { is, unit: 'bytes' },
      ]),
    ),
    async measure(scale) {
      const count = scaled(fullCount, scale);
      const samples: Record<string, readonly Sample[]> = {};
      for (const { figure, hold, make } of all) {
        samples[figure] = await rounds(scale, count, () => hold(count), make);
      }
      return samples;
    },
  };
}

function extremes(): Part {
  const { 'long-string': longString, number } = kinds;
  return {
    figures: {
      'one-key': {
        is: `the bytes for each of ${inDigits(writesOfOneKey)} pending writes of one key; each value is another one, and ${longString.is}`,
        unit: 'bytes',
        aim: { atMost: 10 },
      },
      'clean-sparse': {
        is: `the bytes of ${states.clean.is}, after twenty times as many had to make room, when tables are emptiest; a value is ${number.is}`,
        unit: 'bytes',
      },
    },
    async measure(scale) {
      const writes = scaled(writesOfOneKey, scale);
      const count = scaled(sparseCount, scale);
      return {
        'one-key': await rounds(
          scale,
          writes,
          () => holdOneKey(writes),
          longString.make,
        ),
        'clean-sparse': await rounds(
          scale,
          count,
          () => holdSparse(count),
          number.make,
        ),
      };
    },
  };
}

/** All that is left of so many writes is the last one. */
function holdOneKey(writes: number): Holder {
  const cache = newCache();
  return {
    async fill(make) {
      for (let index = 0; index < writes; index += 1) {
        await cache.set(keyOf(0), make(index));
      }
    },
    held: () => cache.stats().pending * writes,
  };
}

/** Most of a table is gaps then: of entries that had to make room. */
function holdSparse(count: number): Holder {
  const cache = newExpiringCache(count);
  return {
    async fill(make) {
      for (let index = 0; index < 21 * count; index += 1) {
        await cache.set(keyOf(index), make(index));
        if (index % 100 === 0) await cache.flush();
      }
      await cache.flush();
    },
    held: () => cache.stats().cleanEntries,
  };
}

/** Bytes hardly differ between rounds: two are enough, after a first one. */
async function rounds(
  scale: Scale,
  count: number,
  hold: () => Holder,
  make: Make,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  const warmUps = Math.min(1, scale.warmUps);
  for (let round = -warmUps; round < Math.min(2, scale.rounds); round += 1) {
    const value = await bytesOfOne(hold(), count, make);
    if (round >= 0) samples.push({ value });
  }
  return samples;
}
