import path from 'node:path';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { lineOf, readPages } from '../mdx/page.ts';
import { locales } from '../site.ts';
import { isMeasured, referenceOf } from './reference.ts';
import { findFigure, readResults } from './results.ts';

const siteDir = path.join(import.meta.dirname, '../..');

test.each(locales)(
  'the pages in %s name figures that were measured',
  async (locale) => {
    for (const { file, tree } of await readPages(siteDir, locale)) {
      visit(tree, (node) => {
        if (!isMeasured(node)) return;
        const find = () => {
          const { of, figure } = referenceOf(node);
          const results = readResults(siteDir, of);
          if (figure !== '') findFigure(results, figure);
        };
        expect(find, `${file}:${lineOf(node)}`).not.toThrow();
      });
    }
  },
);
