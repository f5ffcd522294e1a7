import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const broken = 'pitfalls/newer-cleared/broken';

/** With no report that colours, deprecations or other tools could change. */
function simulate(...args: string[]) {
  const script = path.join(import.meta.dirname, 'simulate.mjs');
  return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
}

describe('npm run simulate', () => {
  test('plays each strategy, and one with a journal and without one', () => {
    const { stdout, status } = simulate('--runs', '3');
    expect(stdout).toMatch(
      /^21 histories in [\d.]+ s, and no promise was broken\.\n$/,
    );
    expect(status).toBe(0);
  });

  test('plays one history for a seed alone, and prints it', () => {
    const { stdout, status } = simulate(
      ...['--cache', 'strategies/write-behind', '--seed', '42'],
    );
    expect(stdout).toMatch(/^strategies\/write-behind, seed 42\nLimits: /);
    expect(stdout).toMatch(/\n\nNo promise was broken\.\n$/);
    expect(status).toBe(0);
  });

  test('ends with the first failure, and the command that replays it', () => {
    const found = simulate('--cache', broken, '--runs', '50');
    expect(found.status).toBe(1);
    const [, seed = ''] = /, seed (\d+)\n/.exec(found.stdout) ?? [];
    const command = `npm run simulate -- --cache "${broken}" --seed ${seed}`;
    const [told, again] = found.stdout.split('\nTo see it again: ');
    expect(again).toBe(`${command}\n`);

    const replayed = simulate('--cache', broken, '--seed', seed);
    expect(replayed.stdout).toBe(told);
    expect(replayed.status).toBe(1);
  });

  test('looks for one promise, whatever else is broken', () => {
    const args = ['--cache', broken, '--promise', 'P3'];
    const found = simulate(...args, '--runs', '50');
    expect(found.stdout).toContain('\nP3 nothing vanishes, at ');
    expect(found.stdout).toMatch(/ --promise P3 --seed \d+\n$/);
    expect(found.status).toBe(1);

    const kept = simulate('--cache', broken, '--promise', 'P4', '--runs', '5');
    expect(kept.stdout).toMatch(
      /^5 histories in [\d.]+ s, and none broke P4\.\n$/,
    );
    expect(kept.status).toBe(0);
  });

  test('lists the caches, the nearest first, when it knows no such name', () => {
    const { stderr, status } = simulate(
      '--cache',
      'pitfalls/newer-clered/broken',
    );
    expect(stderr).toMatch(
      `There is no cache "pitfalls/newer-clered/broken".

The caches are:
  ${broken}
`,
    );
    expect(status).toBe(1);
  });

  test('lists the promises when it knows no such one', () => {
    const { stderr, status } = simulate('--promise', 'P13');
    expect(stderr).toMatch(
      `There is no promise "P13".

The promises are:
  P1 read-your-writes
`,
    );
    expect(stderr).toContain('\n  P12 acknowledgement is independent\n');
    expect(status).toBe(1);
  });

  test.each([
    ['--seed', '0'],
    ['--runs', '1.5'],
  ])('refuses %s %s', (option, value) => {
    const { stderr, status } = simulate(option, value);
    expect(stderr).toMatch(
      `${option}: expected a whole number above 0, got "${value}"\n\nUsage: `,
    );
    expect(status).toBe(1);
  });

  test('refuses options that nobody knows', () => {
    const { stderr, status } = simulate('--sed', '42');
    expect(stderr).toMatch(
      /^Unknown option '--sed'.*\nUsage: npm run simulate/,
    );
    expect(status).toBe(1);
  });

  test('explains itself', () => {
    const { stdout, status } = simulate('--help');
    expect(stdout).toMatch(/^Usage: npm run simulate/);
    expect(stdout).toContain('--promise');
    expect(status).toBe(0);
  });
});
