import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { listBenchmarks, resultsFile } from './bench-names.mjs';

/** With no report that colours, deprecations or other tools could change. */
function bench(...args: string[]) {
  const script = path.join(import.meta.dirname, 'bench.mjs');
  return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
}

describe('npm run bench', () => {
  test('lists the benchmarks when it knows no such name', () => {
    const { stderr, status } = bench('write-behnd');
    expect(stderr).toBe(`There is no benchmark "write-behnd".

The benchmarks are:
  write-behind
  strategies
  batching
  coalescing
  durable-queue
  many-nodes
  memory
  backpressure
  retries-and-dead-letters
`);
    expect(status).toBe(1);
  });

  test('refuses options that nobody knows', () => {
    const { stderr, status } = bench('--quik');
    expect(stderr).toMatch(
      /^Unknown option '--quik'.*\n\nUsage: npm run bench/,
    );
    expect(status).toBe(1);
  });

  test('refuses a second name', () => {
    const { stderr, status } = bench('write-behind', 'write-through');
    expect(stderr).toMatch(/^Usage: npm run bench/);
    expect(status).toBe(1);
  });

  test('explains itself', () => {
    const { stdout, status } = bench('--help');
    expect(stdout).toMatch(/^Usage: npm run bench/);
    expect(stdout).toContain('\n  write-behind');
    expect(status).toBe(0);
  });

  test('tries each benchmark out, and leaves its results as they are', () => {
    const recorded = () =>
      listBenchmarks().map((name) => fs.readFileSync(resultsFile(name)));
    const before = recorded();
    const { stdout, stderr, status } = bench('--quick');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    for (const name of listBenchmarks()) {
      expect(stdout).toContain(`${name} runs.\n`);
    }
    expect(recorded()).toEqual(before);
  });
});

test('every benchmark has recorded results', () => {
  for (const name of listBenchmarks()) {
    expect(fs.existsSync(resultsFile(name)), name).toBe(true);
  }
});
