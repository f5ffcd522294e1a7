import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Operation } from '../../shared/store.ts';
import { JsonFileStore } from './json-file-store.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'json-file-store-'));
  file = path.join(folder, 'rows.json');
});

afterEach(() => rm(folder, { recursive: true }));

function set(
  key: string,
  value: number,
  version: number,
): Operation<string, number> {
  return { type: 'set', key, value, version };
}

test('a file that is not there is an empty table', async () => {
  expect(await new JsonFileStore(file).read('/docs')).toBeUndefined();
});

test('another process finds what was written', async () => {
  await new JsonFileStore(file).write([set('/docs', 0, 1)]);
  expect(await new JsonFileStore(file).read('/docs')).toBe(0);
});

test('batches side by side take turns, and none is lost', async () => {
  const store = new JsonFileStore<number>(file);
  const keys = Array.from({ length: 20 }, (_, index) => `/page-${index}`);
  await Promise.all(keys.map((key) => store.write([set(key, 7, 1)])));
  expect(await Promise.all(keys.map((key) => store.read(key)))).toEqual(
    keys.map(() => 7),
  );
});

test('an older operation changes nothing, not even after a delete', async () => {
  const store = new JsonFileStore<number>(file);
  await store.write([set('/docs', 2, 2)]);
  await store.write([set('/docs', 1, 1)]);
  expect(await store.read('/docs')).toBe(2);
  await store.write([{ type: 'delete', key: '/docs', version: 3 }]);
  await store.write([set('/docs', 2, 2)]);
  expect(await store.read('/docs')).toBeUndefined();
});

test('a damaged file is an error, and is left as it is', async () => {
  await writeFile(file, '[["/docs",');
  const store = new JsonFileStore<number>(file);
  await expect(store.read('/docs')).rejects.toThrow(SyntaxError);
  await expect(store.write([set('/docs', 1, 1)])).rejects.toThrow(SyntaxError);
  expect(await readFile(file, 'utf8')).toBe('[["/docs",');
});

test('a failed batch does not hold up the next one', async () => {
  await writeFile(file, 'damaged');
  const store = new JsonFileStore<number>(file);
  await expect(store.write([set('/docs', 1, 1)])).rejects.toThrow();
  await writeFile(file, '[]');
  await store.write([set('/docs', 2, 2)]);
  expect(await store.read('/docs')).toBe(2);
});
