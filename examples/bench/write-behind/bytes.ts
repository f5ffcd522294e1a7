import { type Part, type Scale, scaled } from '../harness/benchmark.ts';
import type { Figure, Sample } from '../harness/figure.ts';
import { bytesInUse } from '../harness/garbage.ts';
import { keysFrom, newCache } from './subject.ts';

export const bytes: Part = {
  figures: {
    'bytes-100000': bytesOf('100,000 are pending'),
    // A Map doubles when its number of entries passes a power of two.
    'bytes-worst': bytesOf(
      '65,537 are pending, which is when the tables have just doubled',
    ),
  },
  async measure(scale) {
    return {
      'bytes-100000': await rounds(100_000, scale),
      'bytes-worst': await rounds(2 ** 16 + 1, scale),
    };
  },
};

async function rounds(pending: number, scale: Scale): Promise<Sample[]> {
  const samples: Sample[] = [];
  while (samples.length < scale.rounds) {
    samples.push({ value: await bytesOfOne(scaled(pending, scale)) });
  }
  return samples;
}

/** Keys and values are there before, and are not counted. */
async function bytesOfOne(pending: number): Promise<number> {
  const users = keysFrom(0, pending).map((key) => ({ key, name: key }));
  const cache = newCache();
  const before = bytesInUse();
  for (const user of users) await cache.set(user.key, user);
  const after = bytesInUse();
  if (cache.stats().pending !== pending) throw new Error('it was flushed');
  return (after - before) / pending;
}

function bytesOf(state: string): Figure {
  return {
    is: `the bytes of a pending write, beside its key and its value, when ${state}`,
    unit: 'bytes',
    aim: { atMost: 250 },
  };
}
