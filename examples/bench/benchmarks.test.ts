import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCommand } from '../services/command.ts';
import { benchmark as backpressure } from './backpressure.ts';
import { benchmark as batching } from './batching.ts';
import { benchmark as coalescing } from './coalescing.ts';
import { benchmark as durableLogs } from './durable-logs.ts';
import { benchmark as durableQueue } from './durable-queue.ts';
import {
  type Benchmark,
  figuresOf,
  fullScale,
  type Samples,
  trialScale,
} from './harness/benchmark.ts';
import { gatherResults, type MeasuredResults } from './harness/results.ts';
import { benchmark as manyNodes } from './many-nodes.ts';
import { benchmark as memory } from './memory.ts';
import { benchmark as nestjs } from './nestjs.ts';
import { benchmark as redisPostgres } from './redis-postgres.ts';
import { benchmark as retriesAndDeadLetters } from './retries-and-dead-letters.ts';
import { benchmark as strategies } from './strategies.ts';
import { benchmark as tuning } from './tuning.ts';
import { benchmark as tuningPostgres } from './tuning-postgres.ts';
import { benchmark as writeBehind } from './write-behind.ts';

const folder = path.join(import.meta.dirname, 'results');
const benchmarks: Readonly<Record<string, Benchmark>> = {
  'write-behind': writeBehind,
  strategies,
  coalescing,
  batching,
  backpressure,
  'retries-and-dead-letters': retriesAndDeadLetters,
  memory,
  'durable-logs': durableLogs,
  'durable-queue': durableQueue,
  'many-nodes': manyNodes,
  nestjs,
  'redis-postgres': redisPostgres,
  tuning,
  'tuning-postgres': tuningPostgres,
};
const all = Object.entries(benchmarks);

test('each benchmark has recorded results, and nothing else has', () => {
  const names = fs.readdirSync(folder).map((file) => path.parse(file).name);
  expect(names.sort()).toEqual(Object.keys(benchmarks).sort());
});

test.each(all)('those of %s do not say whose machine it was', (name) => {
  const text = recorded(name);
  expect(text).not.toMatch(/\/(home|root|tmp|Users|work)\//);
  expect(text).not.toContain(os.homedir());
  expect(text).not.toContain(`"${os.hostname()}"`);
});

const measured = all.filter(([, { isSimulated }]) => !isSimulated);
const simulated = all.filter(([, { isSimulated }]) => isSimulated);

describe.each(measured)('a part of %s', (_, benchmark) => {
  const { needs = [], parts } = benchmark;
  const isMissing = needs.some((command) => findCommand(command) === undefined);
  const { gc } = globalThis;

  // `npm run bench` has a real one. What is in use is of no interest here.
  beforeAll(() => {
    globalThis.gc = (async () => {}) as NodeJS.GCFunction;
  });

  afterAll(() => {
    globalThis.gc = gc;
  });

  test.skipIf(isMissing).each(parts)(
    [...needs, 'measures its figures each round'].join(': '),
    async (part) => {
      const samples = await part.measure({ ...trialScale, rounds: 2 });
      expect(Object.keys(samples)).toEqual(Object.keys(part.figures));
      for (const [name, values] of Object.entries(samples)) {
        const finite = values.map(({ value }) => Number.isFinite(value));
        expect(finite, name).toEqual([true, true]);
      }
    },
  );
});

/** What pages rely on; figures that are measured are never tested. */
describe.each(measured)('those of %s', (name, benchmark) => {
  const results: MeasuredResults = JSON.parse(recorded(name));

  test('describe the benchmark as it is now', () => {
    const described = Object.entries(results.figures).map(
      ([figure, { value, spread, rounds, subject, baseline, ...about }]) => [
        figure,
        about,
      ],
    );
    expect(Object.fromEntries(described)).toEqual(figuresOf(benchmark));
    expect(results.conditions).toBe(benchmark.conditions);
  });

  test('have a number, its spread and its rounds for each figure', () => {
    for (const [figure, result] of Object.entries(results.figures)) {
      expect(result, figure).toMatchObject({
        value: expect.any(Number),
        spread: { from: expect.any(Number), to: expect.any(Number) },
        rounds: expect.any(Number),
      });
      const { spread, value } = result;
      expect(spread.from, figure).toBeLessThanOrEqual(value);
      expect(spread.to, figure).toBeGreaterThanOrEqual(value);
    }
  });

  test('say when, on what and with what they were measured', () => {
    expect(results).toMatchObject({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      node: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      os: expect.any(String),
      runs: expect.any(Number),
      machine: {
        processor: expect.any(String),
        cores: expect.any(Number),
        memoryGB: expect.any(Number),
      },
    });
  });
});

test.each(simulated)(
  'those of %s are what comes out now',
  async (name, benchmark) => {
    let samples: Samples = {};
    for (const part of benchmark.parts) {
      const measured = await part.measure(fullScale);
      expect(Object.keys(measured).sort()).toEqual(
        Object.keys(part.figures).sort(),
      );
      samples = { ...samples, ...measured };
    }
    expect(gatherResults(benchmark, [samples])).toEqual(
      JSON.parse(recorded(name)),
    );
  },
);

function recorded(name: string): string {
  return fs.readFileSync(path.join(folder, `${name}.json`), 'utf8');
}
