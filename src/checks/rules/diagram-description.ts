import { visit } from 'unist-util-visit';
import {
  descriptionOf,
  howToDescribe,
  undescribed,
} from '../../diagrams/description.ts';
import { lineOf } from '../../mdx/page.ts';
import { isDiagram } from '../../snippets/fence.ts';
import type { Problem, Rule } from '../rule.ts';

export const diagramDescription: Rule = ({ pages }) =>
  pages.flatMap(({ file, tree }) => {
    const problems: Problem[] = [];
    visit(tree, 'code', (node) => {
      if (!isDiagram(node) || descriptionOf(node.value) !== undefined) return;
      problems.push({
        file,
        line: lineOf(node),
        message: undescribed,
        mend: howToDescribe,
      });
    });
    return problems;
  });
