import { headingsOf } from '../../mdx/page.ts';
import type { Rule } from '../rule.ts';

/** An anchor made from its words would change with them, and in translation. */
export const explicitAnchor: Rule = ({ pages }) =>
  pages.flatMap((page) =>
    headingsOf(page)
      .filter(({ id }) => id === undefined)
      .map(({ line, text }) => ({
        file: page.file,
        line,
        message: `the heading "${text}" has no explicit id`,
        mend: 'end the heading with an id of its own, `{#short-name}`',
      })),
  );
