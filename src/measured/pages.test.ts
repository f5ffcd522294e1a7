import path from 'node:path';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { lineOf, readPages } from '../mdx/page.ts';
import { locales } from '../site.ts';
import { presentChart } from './chart.ts';
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
          const { of, figure, figures } = referenceOf(node);
          const results = readResults(siteDir, of);
          if (figure !== '') findFigure(results, figure);
          if (figures !== '') presentChart(results, figures, locale);
        };
        expect(find, `${file}:${lineOf(node)}`).not.toThrow();
      });
    }
  },
);
