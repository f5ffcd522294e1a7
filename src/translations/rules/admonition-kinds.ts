import { visit } from 'unist-util-visit';
import { lineOf } from '../../mdx/page.ts';
import { comparePages, type Item } from '../comparison.ts';
import type { Manuscript } from '../corpus.ts';
import type { PageRule } from '../rule.ts';

/** A warning is a warning in every language, and stands in the same place. */
export const admonitionKinds: PageRule = (pair) =>
  comparePages(pair, admonitionsOf, {
    noun: 'admonition',
    mend: 'keep the kinds of the admonitions and their order; translate their titles and texts',
  });

function admonitionsOf({ tree }: Manuscript): Item[] {
  const admonitions: Item[] = [];
  visit(tree, 'containerDirective', (node) => {
    const isTitled = node.children[0]?.data !== undefined;
    const title = isTitled ? '[…]' : '';
    admonitions.push({ text: `:::${node.name}${title}`, line: lineOf(node) });
  });
  return admonitions;
}
