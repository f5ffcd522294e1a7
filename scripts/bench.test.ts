import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { listBenchmarks, resultsFile } from './bench-names.mjs';

const script = path.join(import.meta.dirname, 'bench.mjs');

/** All benchmarks, some with servers: other tests are over in a minute. */
const patienceMs = 600_000;

/** With no report that colours, deprecations or other tools could change. */
function bench(...args: string[]) {
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
  tuning
  durable-logs
  durable-queue
  many-nodes
  memory
  nestjs
  backpressure
  redis-postgres
  tuning-postgres
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

  test(
    'tries each benchmark out, and leaves its results as they are',
    () => {
      const recorded = () =>
        listBenchmarks().map((name) => fs.readFileSync(resultsFile(name)));
      const before = recorded();
      const { stdout, stderr, status } = bench('--quick');
      expect(stderr).toBe('');
      expect(status).toBe(0);
      for (const name of listBenchmarks()) {
        const outcome = `^${name} (runs|is skipped: there is no .+)\\.$`;
        expect(stdout).toMatch(new RegExp(outcome, 'm'));
      }
      expect(recorded()).toEqual(before);
    },
    patienceMs,
  );

  test('says what is missing where a benchmark cannot run', () => {
    const { stderr, status } = spawnSync(
      process.execPath,
      [script, 'many-nodes'],
      { encoding: 'utf8', env: { PATH: '' } },
    );
    expect(stderr).toBe(
      'many-nodes cannot run: there is no redis-server on the PATH.\n',
    );
    expect(status).toBe(1);
  });

  test.skipIf(process.platform === 'win32')(
    'shows how far it is, and leaves the results when it is interrupted',
    async () => {
      const before = fs.readFileSync(resultsFile('coalescing'));
      const run = spawn(process.execPath, [script, 'coalescing']);
      const errors = text(run.stderr);
      const ended = once(run, 'exit');
      const [firstLine] = await once(createInterface(run.stdout), 'line');
      run.kill('SIGINT');
      const part = 'coalescing, run 1 of 1, part 1 of 6';
      expect(firstLine).toMatch(part);
      expect(await errors).toBe(
        `${part} was ended by SIGINT; nothing is written.\n`,
      );
      expect(await ended).toEqual([1, null]);
      expect(fs.readFileSync(resultsFile('coalescing'))).toEqual(before);
    },
  );
});

test('every benchmark has recorded results', () => {
  for (const name of listBenchmarks()) {
    expect(fs.existsSync(resultsFile(name)), name).toBe(true);
  }
});
