import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';

const module = path.join(import.meta.dirname, 'orphan.mjs');
const server = `
  import { endWithParent } from ${JSON.stringify(module)};
  endWithParent();
  setInterval(() => {}, 1000);
  console.log('ready');
`;
const parent = `
  require('node:child_process').spawn(
    process.execPath,
    ['--input-type=module', '--eval', ${JSON.stringify(server)}],
    { stdio: 'inherit' },
  );
`;

test('a server does not outlive what started it', async () => {
  const started = spawn(process.execPath, ['--eval', parent], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(started.stdout, 'data');
  started.kill('SIGKILL');
  // The server holds the pipe open for as long as it lives.
  await once(started.stdout, 'close');
  expect(started.signalCode).toBe('SIGKILL');
});
