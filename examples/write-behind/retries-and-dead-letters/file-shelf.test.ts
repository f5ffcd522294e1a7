import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileShelf } from './file-shelf.ts';
import type { Letter } from './letter.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shelf-'));
  file = join(folder, 'letters.json');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function letter(key: string, version = 1): Letter<string, number> {
  return {
    operation: { type: 'set', key, value: 49, version },
    ...{ reason: 'Error: down', kind: 'temporary' },
    ...{ attempts: 5, replays: 0, since: 0 },
  };
}

test('where there is no file, there are no letters', async () => {
  expect(await new FileShelf(file).load()).toEqual([]);
});

test('the next process finds what was put, and not what was removed', async () => {
  const shelf = new FileShelf<string, number>(file);
  await shelf.put(letter('lamp'));
  await shelf.put(letter('chair'));
  await shelf.put(letter('lamp', 2));
  await shelf.remove('chair');
  const next = new FileShelf<string, number>(file);
  expect(await next.load()).toEqual([letter('lamp', 2)]);
});

test('what is in the file stays there, though nobody has loaded it', async () => {
  await new FileShelf<string, number>(file).put(letter('lamp'));
  const careless = new FileShelf<string, number>(file);
  await careless.put(letter('chair'));
  const next = new FileShelf<string, number>(file);
  expect(await next.load()).toEqual([letter('lamp'), letter('chair')]);
});

test('a letter is in the file when `put` resolves, among many others too', async () => {
  const shelf = new FileShelf<string, number>(file);
  const keys = Array.from({ length: 50 }, (_, index) => `part-${index}`);
  await Promise.all(
    keys.map(async (key) => {
      await shelf.put(letter(key));
      expect(await readFile(file, 'utf8')).toContain(`"${key}"`);
    }),
  );
  const loaded = await new FileShelf<string, number>(file).load();
  expect(loaded.map(({ operation }) => operation.key)).toEqual(keys);
  expect(await readdir(folder)).toEqual(['letters.json']);
});

test('a file that nobody can read is named, and never replaced', async () => {
  await writeFile(file, '[{"operation":');
  const shelf = new FileShelf<string, number>(file);
  await expect(shelf.load()).rejects.toThrow('letters.json: expected letters');
  await expect(shelf.put(letter('lamp'))).rejects.toThrow('expected letters');
  expect(await readFile(file, 'utf8')).toBe('[{"operation":');
  await writeFile(file, '[]');
  await shelf.put(letter('lamp'));
  expect(await shelf.load()).toEqual([letter('lamp')]);
});

test('a put that fails says so, and the next one takes its letter along', async () => {
  const shelf = new FileShelf<string, number>(file);
  await shelf.put(letter('lamp'));
  await rm(folder, { recursive: true });
  await expect(shelf.put(letter('chair'))).rejects.toThrow('ENOENT');
  await mkdir(folder);
  await shelf.put(letter('kettle'));
  const next = await new FileShelf<string, number>(file).load();
  expect(next.map(({ operation }) => operation.key)).toEqual([
    ...['lamp', 'chair', 'kettle'],
  ]);
});

test('a letter that JSON cannot hold is refused, and fails no other', async () => {
  const shelf = new FileShelf<string, bigint | number>(file);
  const strange: Letter<string, bigint> = {
    ...letter('lamp'),
    operation: { type: 'set', key: 'lamp', value: 49n, version: 1 },
  };
  await expect(shelf.put(strange)).rejects.toThrow('BigInt');
  await shelf.put(letter('chair'));
  const next = await new FileShelf<string, number>(file).load();
  expect(next).toEqual([letter('chair')]);
});

test('a letter whose removal fails is not dropped with the next change', async () => {
  const shelf = new FileShelf<string, number>(file);
  await shelf.put(letter('lamp'));
  await rm(folder, { recursive: true });
  await expect(shelf.remove('lamp')).rejects.toThrow('ENOENT');
  await mkdir(folder);
  await shelf.put(letter('kettle'));
  const next = await new FileShelf<string, number>(file).load();
  expect(next.map(({ operation }) => operation.key).sort()).toEqual([
    ...['kettle', 'lamp'],
  ]);
});

test('a removal that fails undoes no later put', async () => {
  const shelf = new FileShelf<string, number>(file);
  await shelf.put(letter('lamp'));
  await rm(folder, { recursive: true });
  const [removal, put] = await Promise.allSettled([
    ...[shelf.remove('lamp'), shelf.put(letter('lamp', 2))],
  ]);
  expect([removal?.status, put?.status]).toEqual(['rejected', 'rejected']);
  expect(await shelf.load()).toEqual([letter('lamp', 2)]);
});
