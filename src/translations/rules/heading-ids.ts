import { headingsOf } from '../../mdx/page.ts';
import { comparePages, type Item } from '../comparison.ts';
import type { Manuscript } from '../corpus.ts';
import type { PageRule } from '../rule.ts';

/** Anchors are the same in every language, so that links survive. */
export const headingIds: PageRule = (pair) =>
  comparePages(pair, headings, {
    noun: 'heading',
    mend: 'keep the depths, the `{#ids}` and the order of the headings; translate only their words',
  });

function headings(page: Manuscript): Item[] {
  return headingsOf(page).map(({ depth, id, text, line }) => ({
    text: `${'#'.repeat(depth)} ${id === undefined ? text : `{#${id}}`}`,
    line,
  }));
}
