import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';

const jiti = path.join(
  path.dirname(createRequire(import.meta.url).resolve('jiti/package.json')),
  'lib/jiti-cli.mjs',
);

test('an argument is an error, since the command takes none', {
  timeout: 30_000,
}, () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [jiti, path.join(import.meta.dirname, 'command.ts'), 'strategies'],
    { encoding: 'utf8' },
  );
  expect(stderr).toContain('expected no arguments, and got strategies');
  expect(status).toBe(1);
});
