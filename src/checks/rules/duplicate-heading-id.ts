import { headingsOf, type Page } from '../../mdx/page.ts';
import type { Problem, Rule } from '../rule.ts';

/** A link to an id that is there twice leads to the first one only. */
export const duplicateHeadingId: Rule = ({ pages }) =>
  pages.flatMap(duplicates);

function duplicates(page: Page): Problem[] {
  const firstLines = new Map<string, number>();
  return headingsOf(page).flatMap(({ id, line }) => {
    if (id === undefined) return [];
    const firstLine = firstLines.get(id);
    if (firstLine === undefined) {
      firstLines.set(id, line);
      return [];
    }
    return [
      {
        file: page.file,
        line,
        message: `the heading id "${id}" is there twice; the first one is in line ${firstLine}`,
        mend: 'give one of the two headings another id',
      },
    ];
  });
}
