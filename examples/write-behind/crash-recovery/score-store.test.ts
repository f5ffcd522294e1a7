import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ScoreStore } from './score-store.ts';

let directory = '';
let stores: ScoreStore[] = [];

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'dirty-bit-'));
});

afterEach(() => {
  for (const store of stores) store.close();
  stores = [];
  fs.rmSync(directory, { recursive: true });
});

function open(beforeCommit?: () => void): ScoreStore {
  const file = path.join(directory, 'scores.db');
  const store = new ScoreStore({ file, ...(beforeCommit && { beforeCommit }) });
  stores.push(store);
  return store;
}

const set = (player: string, value: number, version: number) =>
  ({ type: 'set', key: player, value, version }) as const;

test('an older write changes nothing, and neither does the same once more', async () => {
  const store = open();
  await store.write([set('ada', 0, 7)]);
  await store.write([set('ada', 3, 6), set('bob', 1, 6)]);
  await store.write([set('ada', 4, 7)]);
  expect(await store.read('ada')).toBe(0);
  expect(await open().read('bob')).toBe(1);
});

test('a delete holds against an older write, and not against a newer one', async () => {
  const store = open();
  await store.write([{ type: 'delete', key: 'ada', version: 7 }]);
  await store.write([set('ada', 3, 6)]);
  expect(await store.read('ada')).toBeUndefined();
  await store.write([set('ada', 3, 8)]);
  expect(await store.read('ada')).toBe(3);
});

test('a batch that fails before its commit leaves nothing', async () => {
  const failing = open(() => {
    throw new Error('no room');
  });
  const batch = [set('ada', 1, 1), set('bob', 1, 2)];
  await expect(failing.write(batch)).rejects.toThrow('no room');
  expect(open().rows().size).toBe(0);
});
