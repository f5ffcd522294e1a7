import path from 'node:path';
import { expect, test } from 'vitest';
import { translatedLocales } from '../site.ts';
import { findEntry, readCatalogue } from './comment-catalogue.ts';
import { type Translate, tokensOf, translateComments } from './comments.ts';
import { listExamples, readExample } from './example-files.ts';
import { languageOfFile } from './languages.ts';
import type { SourceFile } from './regions.ts';

const siteDir = path.join(import.meta.dirname, '../..');
const examples = listExamples(siteDir).filter(
  (example) => languageOfFile(example).tested,
);

function expectSameTokens(source: SourceFile, translate: Translate) {
  const text = translateComments(source, translate);
  expect(tokensOf({ ...source, text })).toEqual(tokensOf(source));
}

test.each(translatedLocales)(
  'every example is the same in %s, to the last token',
  (locale) => {
    const catalogue = readCatalogue(siteDir, locale);
    for (const example of examples) {
      expectSameTokens(
        readExample(siteDir, example),
        (comment) => findEntry(catalogue, example, comment)?.translation,
      );
    }
  },
);

test('every example is the same with a long translation of every comment', () => {
  for (const example of examples) {
    expectSameTokens(readExample(siteDir, example), () =>
      '書き込みは、あとでまとめてデータベースに送られます。'.repeat(4),
    );
  }
});
