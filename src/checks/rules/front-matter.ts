import type { Rule } from '../rule.ts';

/** Search engines, link previews and the sidebar show nothing else of a page. */
export const frontMatter: Rule = ({ pages }) =>
  pages.flatMap(({ file, frontMatter }) =>
    ['title', 'description']
      .filter((field) => {
        const value = frontMatter[field];
        return typeof value !== 'string' || value.trim() === '';
      })
      .map((field) => ({
        file,
        line: 1,
        message: `the page has no ${field}`,
        mend: `add \`${field}:\` to the front matter at the top of the page`,
      })),
  );
