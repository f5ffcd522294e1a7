import path from 'node:path/posix';
import type { Nodes, Parent } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import { lineOf } from '../../mdx/page.ts';
import type { Problem, Rule } from '../rule.ts';
import type { Sources } from '../sources.ts';

/**
 * A figure that somebody typed goes on saying what was true once. It comes from
 * a benchmark, through `<Measured>`; or it stands in what tests run, as a
 * setting or in a recorded output; or its source is linked beside it.
 */
export const typedFigure: Rule = (sources) =>
  sources.pages.flatMap((page) => {
    const shown = sources.fences
      .filter((fence) => fence.page === page)
      .flatMap(({ lines }) => lines.map(({ text }) => text));
    const measured = [...page.text.matchAll(/\bof="([\w-]+)"/g)].map(
      ([, name]) => `bench/${name}`,
    );
    const own = new Set([
      ...[page.id, ...measured].flatMap((id) => [...numbersOf(id, sources)]),
      ...numbersIn(shown.join('\n')),
    ]);
    return blocksOf(page.tree).flatMap((block): Problem[] => {
      const { text, links } = read(block);
      if (links.some((link) => /^https?:/.test(link))) return [];
      const pages = links.map((link) =>
        path.join(path.dirname(page.id), link).replace(/\.mdx.*$/, ''),
      );
      const known = [own, ...pages.map((id) => numbersOf(id, sources))];
      return figuresIn(text)
        .filter(({ values }) =>
          known.every((numbers) => !values.some((value) => numbers.has(value))),
        )
        .map(({ text }) => ({
          file: page.file,
          line: lineOf(block),
          message: `no test knows the figure "${text}": it is neither in the page's examples nor in what they print`,
          mend: 'show it by <Measured>, let a tested example say it, or link its source beside it',
        }));
    });
  });

interface Figure {
  readonly text: string;
  /** What it may be in code, where 2 s are 2000. */
  readonly values: readonly number[];
}

const factors: Readonly<Record<string, number>> = {
  s: 1000,
  seconds: 1000,
  second: 1000,
  ms: 1,
  milliseconds: 1,
  µs: 0.001,
  minutes: 60_000,
  hours: 3_600_000,
  kB: 1000,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  bytes: 1,
  times: 1,
  percent: 0.01,
};

const figure = new RegExp(
  String.raw`(?<![\w.,-])(?<number>\d[\d,]*(?:\.\d+)?)(?:(?<sign>\s?[%×])|\s(?<unit>${Object.keys(factors).join('|')})\b)`,
  'gu',
);

function figuresIn(text: string): Figure[] {
  return [...text.matchAll(figure)].map((match) => {
    const { number = '', sign, unit = '' } = match.groups ?? {};
    const value = Number(number.replaceAll(',', ''));
    const factor = sign?.trim() === '%' ? 0.01 : (factors[unit] ?? 1);
    return {
      text: match[0],
      values: [value, value * factor, (value * factor) / 1000].map(rounded),
    };
  });
}

/** 70 % are 0.7, not 0.7000000000000001. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

/** All numbers of the examples of a page or benchmark, as code and outputs write them. */
function numbersOf(id: string, { examples }: Sources): Set<number> {
  const texts = [...examples]
    .filter(
      ([example]) => example.startsWith(`${id}/`) || example === `${id}.ts`,
    )
    .map(([, text]) => text);
  return numbersIn(texts.join('\n'));
}

function numbersIn(text: string): Set<number> {
  return new Set(
    (text.match(/\d[\d_,]*(?:\.\d+)?/g) ?? []).map((number) =>
      Number(number.replaceAll(/[_,]/g, '')),
    ),
  );
}

const blocks: readonly string[] = ['paragraph', 'heading', 'tableRow'];

function blocksOf(tree: Nodes): Parent[] {
  const found: Parent[] = [];
  visit(tree, (node) => {
    if (!blocks.includes(node.type)) return undefined;
    found.push(node as Parent);
    return SKIP;
  });
  return found;
}

/** Code in a line of text is not read: a test cannot know whose it is. */
function read(block: Parent) {
  const texts: string[] = [];
  const links: string[] = [];
  visit(block as Nodes, (node) => {
    if (node.type === 'text') texts.push(node.value);
    if (node.type === 'link') links.push(node.url);
  });
  return { text: texts.join(' '), links };
}
