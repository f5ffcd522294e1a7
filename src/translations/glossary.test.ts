import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageFile } from '../mdx/page.ts';
import { locales, sourceLocale } from '../site.ts';
import { formsOf, glossary } from './glossary.ts';

const siteDir = path.join(import.meta.dirname, '../..');

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

describe.each(glossary)('$en.term', (term) => {
  it.each(locales)('has a name and a definition in %s', (locale) => {
    const { term: name, definition } = term[locale];
    expect(name.trim()).not.toBe('');
    expect(definition).toMatch(/^\S.*[.。]$/);
    expect(definition.length).toBeLessThan(120);
  });

  it('has a definition of its own in each language', () => {
    const definitions = locales.map((locale) => term[locale].definition);
    expect(new Set(definitions).size).toBe(locales.length);
  });

  it('is explained on a page that is there', () => {
    const { page, anchor } = term;
    const file = path.join(siteDir, pageFile(sourceLocale, page));
    expect(fs.existsSync(file), file).toBe(true);
    if (anchor === undefined) return;
    const text = fs.readFileSync(file, 'utf8');
    expect(text.includes(`{#${anchor}}`), `${file}#${anchor}`).toBe(true);
  });
});

// A translation that is missing is found by the check of translations.
const pages = locales
  .map((locale) => ({ locale, file: pageFile(locale, 'reference/glossary') }))
  .filter(({ file }) => fs.existsSync(path.join(siteDir, file)));

it('has a page', () => {
  expect(pages.map(({ locale }) => locale)).toContain(sourceLocale);
});

it.each(pages)('is shown whole by the page in $locale', ({ file }) => {
  const text = fs.readFileSync(path.join(siteDir, file), 'utf8');
  const shown = [...text.matchAll(/<Glossary of="([\w-]+)" \/>/g)];
  const subjects = glossary.map(({ subject }) => subject);
  expect(shown.map(([, subject]) => subject)).toEqual([...new Set(subjects)]);
});
