import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { FileJournal } from './file-journal.ts';
import { takeVisits } from './take-visits.ts';

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'killed-'));
  file = path.join(folder, 'journal');
});

afterEach(() => rm(folder, { recursive: true }));

// #region kill
test('what was acknowledged before kill -9 is replayed after it', async () => {
  const service = start(takeVisits, file);
  const acknowledged = await linesUntilKilled(service, 100);
  expect(acknowledged.length).toBeGreaterThanOrEqual(100);

  const store = new InMemoryStore<string, string>();
  const journal = new FileJournal<string>(file);
  await new WriteBehindCache({ store, journal }).flush();
  const saved = store.entries().map(([id]) => id);
  expect(saved).toEqual(expect.arrayContaining(acknowledged));
  // One more may have been on its way to the caller.
  expect(saved.length - acknowledged.length).toBeLessThanOrEqual(1);
});

/** All that the process has said, though it is killed after so many lines. */
async function linesUntilKilled(
  service: Service,
  count: number,
): Promise<string[]> {
  let output = '';
  for await (const text of service.stdout.setEncoding('utf8')) {
    output += text;
    if (output.split('\n').length > count) service.kill('SIGKILL');
  }
  return output.split('\n').slice(0, -1);
}
// #endregion kill

type Service = ChildProcessByStdio<null, Readable, null>;

/**
 * Has it run in a process of its own. Node 20 starts no TypeScript, but
 * requires it where ts-node is registered.
 */
function start(run: typeof takeVisits, argument: string): Service {
  const call = `require('./take-visits.ts').${run.name}(process.argv[1])`;
  return spawn(
    process.execPath,
    ['--require', 'ts-node/register', '--eval', call, argument],
    { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
  );
}
