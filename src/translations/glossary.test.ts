import { expect, it } from 'vitest';
import { locales } from '../site.ts';
import { formsOf, glossary } from './glossary.ts';

it('has every term once', () => {
  const terms = glossary.map(({ en }) => en.term);
  expect(terms).toEqual([...new Set(terms)]);
});

it('never forbids a form that it recommends', () => {
  for (const term of glossary) {
    for (const locale of locales) {
      const { never = [] } = term[locale];
      for (const form of formsOf(term[locale])) {
        expect(never, form).not.toContain(form);
      }
    }
  }
});

it('takes a term without its brackets', () => {
  expect(formsOf({ term: 'ghi sau (write-behind)' })).toEqual(['ghi sau']);
  expect(
    formsOf({ term: '追い出し（エビクション）', also: ['追い出'] }),
  ).toEqual(['追い出し', '追い出']);
});

it('is written in the normal form NFC', () => {
  const text = JSON.stringify(glossary);
  expect(text).toBe(text.normalize('NFC'));
});
