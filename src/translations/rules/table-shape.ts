import { visit } from 'unist-util-visit';
import { lineOf } from '../../mdx/page.ts';
import { comparePages, type Item } from '../comparison.ts';
import type { Manuscript } from '../corpus.ts';
import type { PageRule } from '../rule.ts';

/** A table has the rows and columns that it has in English. */
export const tableShape: PageRule = (pair) =>
  comparePages(pair, tablesOf, {
    noun: 'table',
    mend: 'give the table as many rows and columns as the English one has',
  });

function tablesOf({ tree }: Manuscript): Item[] {
  const tables: Item[] = [];
  visit(tree, 'table', (node) => {
    const columns = Math.max(
      ...node.children.map(({ children }) => children.length),
    );
    const text = `${node.children.length} rows × ${columns} columns`;
    tables.push({ text, line: lineOf(node) });
  });
  return tables;
}
