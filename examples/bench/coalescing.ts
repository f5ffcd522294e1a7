/** What one pending change a key saves, in virtual time. */
import { forms, playCache, stage } from './coalescing/play.ts';
import {
  fieldCount,
  keyCount,
  type Skew,
  skews,
  typical,
  writesOf,
} from './coalescing/skews.ts';
import type { Benchmark, Part } from './harness/benchmark.ts';
import type { Figure, Sample } from './harness/figure.ts';
import { inDigits } from './harness/in-digits.ts';

const fullCount = 20_000;
/** Among fewer, hardly any key comes twice. */
const leastCount = 200;

const windows = [
  { name: '100-ms', windowMs: 100, is: '100 ms' },
  { name: '1-s', windowMs: 1000, is: '1 s' },
  { name: '10-s', windowMs: 10_000, is: '10 s' },
];
/** A batch that is never full sets out when its window ends. */
const unlimited = keyCount + 1;
const batchSizes = [10, 100, 1000];
const longestMs = 10_000;

const perSecond = 1000 / stage.everyMs;

export const benchmark: Benchmark = {
  isSimulated: true,
  conditions: [
    `${inDigits(fullCount)} writes, ${perSecond} a second, to ${inDigits(keyCount)} keys that are drawn with a fixed seed: all alike (uniform), or that of rank n the less likely by n to the power of 0.5, 1 or 1.5 (Zipf).`,
    `The window is how long the first write of a batch waits. A write of the database takes ${stage.writeMs} ms, be it of one row or of a batch, and nothing fails. What is pending in the end is written, and counts.`,
    'Writes saved, and writes that a crash would take along, are those of the write-behind cache, with batches of any size unless the figure names one.',
    `Values are those that the coalescing queue sends, where keys follow Zipf with exponent 1. For the last value, a write sends all ${fieldCount} fields of a row; for merged fields, the one of them that it changes; for added counts, one number.`,
    'Time is virtual: the figures are the same on every machine.',
  ].join(' '),
  parts: [...skews.map(savingsWith), crashes(), valuesSent()],
  derived: {},
};

function savingsWith(skew: Skew): Part {
  const settings = [
    ...windows.map(({ name, windowMs, is }) => ({
      figure: `saved/${name}/${skew.name}`,
      windowMs,
      maxBatchSize: unlimited,
      is: `a window of ${is} and keys that are ${skew.name}`,
    })),
    ...batchSizes.map((maxBatchSize) => ({
      figure: `saved-by-batch/${maxBatchSize}/${skew.name}`,
      windowMs: longestMs,
      maxBatchSize,
      is: `a window of 10 s, batches of at most ${inDigits(maxBatchSize)}, and keys that are ${skew.name}`,
    })),
  ];
  return {
    figures: Object.fromEntries(
      settings.map(({ figure, is }): [string, Figure] => [
        figure,
        {
          is: `the share of the writes that the database is spared, with ${is}`,
          unit: 'share',
        },
      ]),
    ),
    async measure({ size }) {
      const writes = writesOf(skew, countFor(size));
      const samples: Record<string, readonly Sample[]> = {};
      for (const { figure, ...setting } of settings) {
        const { rows } = await playCache(writes, setting);
        samples[figure] = [{ value: 1 - rows / writes.length }];
      }
      return samples;
    },
  };
}

function crashes(): Part {
  const nameOf = (window: string) => `at-risk-${window}`;
  return {
    figures: Object.fromEntries(
      windows.map(({ name, is }): [string, Figure] => [
        nameOf(name),
        {
          is: `the most acknowledged writes that the database did not have at a time, with a window of ${is} and keys that are ${typical.name}`,
          unit: 'count',
        },
      ]),
    ),
    async measure({ size }) {
      const writes = writesOf(typical, countFor(size));
      const samples: Record<string, readonly Sample[]> = {};
      for (const { name, windowMs } of windows) {
        const setting = { windowMs, maxBatchSize: unlimited };
        const { mostUnstored } = await playCache(writes, setting);
        samples[nameOf(name)] = [{ value: mostUnstored }];
      }
      return samples;
    },
  };
}

function valuesSent(): Part {
  const cases = Object.entries(forms).flatMap(([form, play]) =>
    windows.map((window) => ({
      ...{ form, play, window },
      figure: `values/${window.name}/${form}`,
    })),
  );
  return {
    figures: Object.fromEntries(
      cases.map(({ figure, form, window }): [string, Figure] => [
        figure,
        {
          is: `the values sent to the database for each write, as ${form}, with a window of ${window.is}`,
          unit: 'count',
        },
      ]),
    ),
    async measure({ size }) {
      const writes = writesOf(typical, countFor(size));
      const samples: Record<string, readonly Sample[]> = {};
      for (const { figure, play, window } of cases) {
        const { values } = await play(writes, window.windowMs);
        samples[figure] = [{ value: values / writes.length }];
      }
      return samples;
    },
  };
}

function countFor(size: number): number {
  return Math.max(leastCount, Math.ceil(fullCount * size));
}
