import path from 'node:path';
import { parseMarkdownHeadingId } from '@docusaurus/utils';
import type { Nodes } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { describe, expect, test } from 'vitest';
import { meetsAim } from '../../examples/bench/harness/figure.ts';
import { type Page, pageIds, readPage } from '../mdx/page.ts';
import { type Locale, locales } from '../site.ts';
import { isMeasured, referenceOf } from './reference.ts';
import { listResults, readResults } from './results.ts';

const siteDir = path.join(import.meta.dirname, '../..');
const id = 'reference/benchmarks';
const written = locales.filter((locale) =>
  pageIds(siteDir, locale).includes(id),
);
const cases = written.flatMap((locale) =>
  listResults(siteDir).map((name) => ({ name, locale })),
);

describe.each(cases)(
  'the page of all benchmarks shows $name in $locale',
  ({ name, locale }) => {
    test('as simulated or measured, with figures, and on what it ran', async () => {
      const { kind, nodes } = await sectionOf(name, locale);
      const { isSimulated } = readResults(siteDir, name);
      expect(kind).toBe(isSimulated ? 'simulated' : 'measured');
      const elements = shownIn(nodes, name).map(({ element }) => element);
      expect(elements).toContain('MeasuredOn');
      expect(elements.some((element) => element !== 'MeasuredOn')).toBe(true);
    });

    test('with all of its aims', async () => {
      const { nodes } = await sectionOf(name, locale);
      const rows = shownIn(nodes, name)
        .filter(({ element }) => element === 'MeasuredRow')
        .map(({ figure }) => figure);
      const aims = figuresOf(name, (isMet) => isMet !== undefined);
      expect(rows).toEqual(expect.arrayContaining(aims));
    });

    test('with a link to a page that uses it, and has what it misses', async () => {
      const { nodes } = await sectionOf(name, locale);
      const pages = await linkedFrom(nodes);
      const shown = pages.flatMap(({ tree }) => shownIn([tree], name));
      expect(shown, 'on the pages that are linked').not.toEqual([]);
      const missed = figuresOf(name, (isMet) => isMet === false);
      expect(shown.map(({ figure }) => figure)).toEqual(
        expect.arrayContaining(missed),
      );
    });
  },
);

test.each(written)(
  'the page in %s says first what is missed',
  async (locale) => {
    const { nodes } = await sectionOf('missed', locale);
    const missed = listResults(siteDir).map((name) => [
      name,
      figuresOf(name, (isMet) => isMet === false),
    ]);
    const told = listResults(siteDir).map((name) => [
      name,
      shownIn(nodes, name).map(({ figure }) => figure),
    ]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(missed));
  },
);

test('there is such a page, and it has figures to show', () => {
  expect(cases).toContainEqual({ name: 'write-behind', locale: 'en' });
});

const pages = new Map<string, Promise<Page>>();

function parsed(locale: Locale, id: string): Promise<Page> {
  const key = `${locale}/${id}`;
  const page = pages.get(key) ?? readPage(siteDir, locale, id);
  pages.set(key, page);
  return page;
}

/** What stands below a heading, until the next one. */
async function sectionOf(name: string, locale: Locale) {
  const nodes: Nodes[] = [];
  let kind: string | undefined;
  let isOpen = false;
  for (const node of (await parsed(locale, id)).tree.children) {
    if (node.type === 'heading') {
      if (isOpen) break;
      const heading = parseMarkdownHeadingId(textOf(node), 'classic');
      if (node.depth === 2) kind = heading.id;
      isOpen = heading.id === name;
    } else if (isOpen) {
      nodes.push(node);
    }
  }
  return { kind, nodes };
}

function shownIn(nodes: readonly Nodes[], name: string) {
  const shown: { readonly element: string; readonly figure: string }[] = [];
  for (const part of nodes) {
    visit(part, (node) => {
      if (!isMeasured(node)) return;
      const { of, figure } = referenceOf(node);
      if (of === name) shown.push({ element: node.name, figure });
    });
  }
  return shown;
}

/** In English, as other languages may not have them yet. */
async function linkedFrom(nodes: readonly Nodes[]): Promise<Page[]> {
  const ids = new Set<string>();
  for (const part of nodes) {
    visit(part, 'link', ({ url }) => {
      const file = path.posix.join(path.posix.dirname(id), url);
      ids.add(file.replace(/\.mdx.*$/, ''));
    });
  }
  return Promise.all(
    pageIds(siteDir, 'en')
      .filter((page) => ids.has(page))
      .map((page) => parsed('en', page)),
  );
}

/** Those whose aim is met, missed, or absent, as it is wanted. */
function figuresOf(
  name: string,
  wanted: (isMet: boolean | undefined) => boolean,
): string[] {
  return Object.entries(readResults(siteDir, name).figures)
    .filter(([, figure]) => wanted(meetsAim(figure)))
    .map(([figure]) => figure);
}
