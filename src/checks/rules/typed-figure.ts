import path from 'node:path/posix';
import type { Page } from '../../mdx/page.ts';
import { figuresIn } from '../figures.ts';
import { isKnown, type KnownNumber, numbersIn } from '../known-numbers.ts';
import type { Problem, Rule } from '../rule.ts';
import type { Sources } from '../sources.ts';
import { type Statement, statementsOf } from '../statements.ts';

/**
 * A figure that somebody typed goes on saying what was true once. It comes from
 * a benchmark, through `<Measured>`; or it stands in what tests run, as a
 * setting or in a recorded output; or its source is linked beside it.
 */
export const typedFigure: Rule = (sources) =>
  sources.pages.flatMap((page) => {
    const own = numbersOn(page, sources);
    return statementsOf(page)
      .filter((statement) => !hasSource(statement))
      .flatMap(({ text, line, links }): Problem[] => {
        const linked = links.flatMap((link) =>
          numbersOf(pageAt(link, page), sources),
        );
        return figuresIn(text)
          .filter((figure) => !isKnown(figure, [...own, ...linked]))
          .map((figure) => ({
            file: page.file,
            line,
            message: `no test knows the figure "${figure.text}": it is neither in the page's examples nor in what they print`,
            mend: 'show it by <Measured>, let a tested example say it as what it is (as `delayMs` of a time), or link its source in the same sentence',
          }));
      });
  });

/** What others have measured. */
function hasSource({ links }: Statement): boolean {
  return links.some((link) => /^https?:/.test(link));
}

function pageAt(link: string, { id }: Page): string {
  return path.join(path.dirname(id), link).replace(/\.mdx.*$/, '');
}

/** What a page shows, has in its examples, or has measured. */
function numbersOn(page: Page, sources: Sources): KnownNumber[] {
  const shown = sources.fences
    .filter((fence) => fence.page === page)
    .flatMap(({ lines }) =>
      lines.flatMap(({ file, text }) => numbersIn(file, text)),
    );
  const measured = [...page.text.matchAll(/\bof="([\w-]+)"/g)].map(
    ([, name]) => `bench/${name}`,
  );
  return [
    ...shown,
    ...[page.id, ...measured].flatMap((id) => numbersOf(id, sources)),
  ];
}

/** All numbers of the examples of a page or benchmark, and of what they print. */
function numbersOf(id: string, { examples }: Sources): KnownNumber[] {
  return [...examples]
    .filter(
      ([example]) => example.startsWith(`${id}/`) || example === `${id}.ts`,
    )
    .flatMap(([example, text]) => numbersIn(example, text));
}
