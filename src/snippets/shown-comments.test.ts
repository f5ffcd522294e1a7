import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPages } from '../mdx/page.ts';
import { sourceLocale } from '../site.ts';
import { commentStatus } from './shown-comments.ts';

let siteDir: string;

beforeEach(() => {
  siteDir = fs.mkdtempSync(path.join(os.tmpdir(), 'comments-'));
  write('examples/a.ts', [
    '// Never shown.',
    '// #region run',
    '// Shared.',
    'run(); // Behind.',
    '// #endregion run',
  ]);
  write('examples/b.ts', ['// Shared.', 'stop();']);
  write('docs/one.mdx', ['```ts example="a.ts" region="run"', '```']);
});

afterEach(() => fs.rmSync(siteDir, { recursive: true }));

function write(file: string, lines: readonly string[]) {
  const absolute = path.join(siteDir, file);
  fs.mkdirSync(path.dirname(absolute), { recursive: true });
  fs.writeFileSync(absolute, `${lines.join('\n')}\n`);
}

function translate(catalogue: Record<string, Record<string, string>>) {
  write('i18n/vi/code-comments.json', [JSON.stringify(catalogue)]);
}

async function status() {
  return commentStatus(siteDir, 'vi', await readPages(siteDir, sourceLocale));
}

test('a comment counts when a page shows it', async () => {
  expect((await status()).shown).toEqual([
    { example: 'a.ts', line: 3, text: 'Shared.', pages: ['one'] },
    { example: 'a.ts', line: 4, text: 'Behind.', pages: ['one'] },
  ]);
});

test('a comment is listed once, with all of the pages that show it', async () => {
  write('docs/two.mdx', ['```ts example="a.ts"', '```']);
  const { shown } = await status();
  expect(shown.map(({ line, pages }) => [line, pages])).toEqual([
    [1, ['two']],
    [3, ['one', 'two']],
    [4, ['one', 'two']],
  ]);
});

test('without a catalogue nothing is translated', async () => {
  const { untranslated, unused } = await status();
  expect(untranslated.map(({ text }) => text)).toEqual(['Shared.', 'Behind.']);
  expect(unused).toEqual([]);
});

test('a comment is translated once for all files', async () => {
  write('docs/two.mdx', ['```ts example="b.ts"', '```']);
  translate({ 'a.ts': { 'Shared.': 'Chung.', 'Behind.': 'Sau.' } });
  expect(await status()).toMatchObject({ untranslated: [], unused: [] });
});

test('an entry that no shown comment uses is unused', async () => {
  translate({
    'a.ts': { 'Shared.': 'Chung.', 'Never shown.': 'Không.' },
    'b.ts': { 'Shared.': 'Dùng chung.' },
  });
  expect((await status()).unused).toEqual([
    { example: 'a.ts', text: 'Never shown.' },
    { example: 'b.ts', text: 'Shared.' },
  ]);
});

test('a page that cannot be read is an error with its place', async () => {
  write('docs/one.mdx', ['```ts exmple="a.ts"', '```']);
  await expect(status()).rejects.toThrow('docs/one.mdx:1: unknown attribute');
});

test('an example that is not there is an error with the nearest', async () => {
  write('docs/one.mdx', ['```ts example="c.ts"', '```']);
  await expect(status()).rejects.toThrow(
    'no example "c.ts"; the nearest are a.ts, b.ts',
  );
});
