import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { pageFile } from '../mdx/page.ts';
import { examplesFolder, locales, sourceLocale } from '../site.ts';
import { featureGroups, features, findings, verdictIn } from './features.ts';
import { libraries } from './libraries.ts';
import { own } from './own.ts';

const siteDir = path.join(import.meta.dirname, '../..');
const rows = [{ id: 'own', cells: own }, ...libraries];

test('every library has an id and a name of its own', () => {
  const ids = rows.map(({ id }) => id);
  const names = libraries.map(({ name }) => name);
  expect(ids).toEqual([...new Set(ids)]);
  expect(names).toEqual([...new Set(names)]);
  for (const text of [...ids, ...names]) expect(text.trim()).not.toBe('');
});

test('every library says something about every feature', () => {
  for (const { id, cells } of rows) {
    expect(Object.keys(cells), id).toEqual(features);
  }
});

test('a feature is in one group, and none is forgotten', () => {
  expect(Object.values(featureGroups).flat().toSorted()).toEqual(
    features.toSorted(),
  );
});

test('every finding that the texts have is found somewhere', () => {
  for (const feature of features) {
    const found = new Set(rows.map(({ cells }) => cells[feature].finding));
    expect([...found].toSorted(), feature).toEqual(
      Object.keys(findings[feature]).toSorted(),
    );
  }
});

test('what was not found is told by what may be found', () => {
  const cells = { ...own, drain: { finding: 'later' } };
  expect(() => verdictIn(cells, 'drain')).toThrow(
    'drain: expected one of limit-and-report, limit-and-count',
  );
});

describe('a source', () => {
  const sources = libraries.flatMap(({ id, cells }) =>
    features.map((feature) => ({
      cell: `${id}, ${feature}`,
      ...cells[feature].from,
    })),
  );

  test.each(sources)('has a name and an address: $cell', ({ what, url }) => {
    expect(what.trim()).not.toBe('');
    const { protocol, hostname } = new URL(url);
    expect(protocol).toBe('https:');
    expect(hostname).toContain('.');
    expect(url).not.toMatch(/\s|undefined|\$/);
  });

  test('in a repository is a file at a commit, or an issue', () => {
    const ofGitHub = sources.filter(({ url }) => url.includes('//github.com/'));
    expect(ofGitHub.length).toBeGreaterThan(0);
    for (const { cell, url } of ofGitHub) {
      expect(url, cell).toMatch(
        /^https:\/\/github\.com\/[\w-]+\/[\w-]+\/(blob\/[\da-f]{40}\/[\w./-]+\.\w+|issues\/\d+)$/,
      );
    }
  });
});

describe('a proof of our own', () => {
  const proofs = features.map((feature) => ({ feature, ...own[feature].from }));

  test.each(proofs)('is a heading of a page: $feature', (proof) => {
    const { page, anchor } = proof;
    const file = path.join(siteDir, pageFile(sourceLocale, page));
    const text = fs.readFileSync(file, 'utf8');
    expect(text.includes(`{#${anchor}}`), `${file}#${anchor}`).toBe(true);
  });

  test.each(proofs)('is a test that is there: $feature', (proof) => {
    const [file, name] = proof.test;
    const text = fs.readFileSync(
      path.join(siteDir, examplesFolder, file),
      'utf8',
    );
    expect(text.includes(`'${name}'`), `${file}: ${name}`).toBe(true);
  });
});

// A translation that is missing is found by the check of translations.
const pages = locales
  .map((locale) => ({ locale, file: pageFile(locale, 'reference/libraries') }))
  .filter(({ file }) => fs.existsSync(path.join(siteDir, file)));

test('the page is there', () => {
  expect(pages.map(({ locale }) => locale)).toContain(sourceLocale);
});

describe.each(pages)('the page in $locale', ({ file }) => {
  const text = fs.readFileSync(path.join(siteDir, file), 'utf8');
  const shownBy = (component: string) =>
    [...text.matchAll(new RegExp(`<${component} of="([\\w-]+)" />`, 'g'))].map(
      ([, what]) => what,
    );

  test('shows every library once', () => {
    expect(shownBy('LibraryFacts')).toEqual(rows.map(({ id }) => id));
  });

  test('has a heading for every library, which the tables link', () => {
    const headings = [...text.matchAll(/^### .*\{#([\w-]+)\}$/gm)];
    const ids = headings.map(([, id]) => id);
    expect(ids).toEqual(expect.arrayContaining(rows.map(({ id }) => id)));
  });

  test('shows every group of features once', () => {
    expect(shownBy('LibraryMatrix')).toEqual(Object.keys(featureGroups));
  });
});
