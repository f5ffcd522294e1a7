import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';

const jiti = path.join(
  path.dirname(createRequire(import.meta.url).resolve('jiti/package.json')),
  'lib/jiti-cli.mjs',
);

function run(...args: readonly string[]) {
  const command = path.join(import.meta.dirname, 'command.ts');
  return spawnSync(process.execPath, [jiti, command, ...args], {
    encoding: 'utf8',
  });
}

test('an argument is an error, since the command takes none', {
  timeout: 30_000,
}, () => {
  const { status, stderr } = run('strategies');
  expect(stderr).toContain('expected no arguments, and got strategies');
  expect(status).toBe(1);
});

test('whoever asks for help gets it, and nothing is checked', {
  timeout: 30_000,
}, () => {
  const { status, stdout } = run('--help');
  expect(stdout).toContain('Usage: npm run docs:check');
  expect(stdout).not.toContain('pages checked');
  expect(status).toBe(0);
});
