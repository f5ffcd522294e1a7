import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findEntry, readCatalogue } from './comment-catalogue.ts';

let siteDir: string;

beforeEach(() => {
  siteDir = fs.mkdtempSync(path.join(os.tmpdir(), 'catalogue-'));
});

afterEach(() => fs.rmSync(siteDir, { recursive: true }));

function read(text: string) {
  fs.mkdirSync(path.join(siteDir, 'i18n/ja'), { recursive: true });
  fs.writeFileSync(path.join(siteDir, 'i18n/ja/code-comments.json'), text);
  return readCatalogue(siteDir, 'ja');
}

describe('a comment', () => {
  const text = JSON.stringify({
    'a.ts': { 'Same.': '同じ。' },
    'b.ts': { 'Same.': '等しい。' },
  });

  test("has the translation of its own file's group", () => {
    expect(findEntry(read(text), 'b.ts', 'Same.')).toEqual({
      example: 'b.ts',
      translation: '等しい。',
    });
  });

  test('has that of another group where its own has none', () => {
    expect(findEntry(read(text), 'c.ts', 'Same.')).toEqual({
      example: 'a.ts',
      translation: '同じ。',
    });
  });

  test('has none where no group has one', () => {
    expect(findEntry(read(text), 'a.ts', 'Other.')).toBeUndefined();
  });
});

describe('a catalogue', () => {
  test('that is not there is empty', () => {
    expect(readCatalogue(siteDir, 'ja').size).toBe(0);
  });

  test.each(['[]', '{ "a.ts": "訳" }', '{ "a.ts": null }'])(
    'of another shape is an error that names the file: %s',
    (text) => {
      expect(() => read(text)).toThrow(
        'i18n/ja/code-comments.json: expected { "example file": { "comment": "translation" } }',
      );
    },
  );

  test('with something else than a translation says where', () => {
    expect(() => read('{ "a.ts": { "Same.": 1 } }')).toThrow(
      'and found number for "Same." of a.ts',
    );
  });

  test('that is no JSON is an error that names the file', () => {
    expect(() => read('{')).toThrow('i18n/ja/code-comments.json is not JSON');
  });
});
