import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileJournal } from './file-journal.ts';

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'journal-'));
  file = path.join(folder, 'journal');
});

afterEach(() => rm(folder, { recursive: true }));

const visit = { type: 'set', key: 'linh', value: '/cart', version: 1 } as const;
const signOut = { type: 'delete', key: 'linh', version: 2 } as const;

test('replays in its order what another one has appended', async () => {
  expect(await new FileJournal(file).replay()).toEqual([]);
  const journal = new FileJournal<string>(file);
  await journal.append(visit);
  await journal.append(signOut);
  expect(await new FileJournal(file).replay()).toEqual([visit, signOut]);
});

test('ignores what was cut short', async () => {
  const journal = new FileJournal<string>(file);
  await journal.append(visit);
  await appendFile(file, '{"type":"set","key":"li');
  expect(await journal.replay()).toEqual([visit]);
});

test('does not hide that it cannot be read', async () => {
  await expect(new FileJournal(folder).replay()).rejects.toThrow('EISDIR');
});
