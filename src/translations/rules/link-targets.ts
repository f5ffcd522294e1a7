import { visit } from 'unist-util-visit';
import { lineOf } from '../../mdx/page.ts';
import { comparePages, type Item } from '../comparison.ts';
import type { Manuscript } from '../corpus.ts';
import type { PageRule } from '../rule.ts';

/** Links and images lead where they lead in English. */
export const linkTargets: PageRule = (pair) =>
  comparePages(pair, targetsOf, {
    noun: 'target',
    inAnyOrder: true,
    mend: 'keep the targets of links and images, with their `#anchors`, as they are in the English page',
  });

function targetsOf({ tree }: Manuscript): Item[] {
  const targets: Item[] = [];
  visit(tree, (node) => {
    switch (node.type) {
      case 'link':
      case 'image':
      case 'definition':
        targets.push({ text: node.url, line: lineOf(node) });
    }
  });
  return targets;
}
