/**
 * What a page states, sentence by sentence, with the links that say where a
 * statement comes from.
 */
import type { Nodes, Table, TableCell } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import { lineOf, type Page } from '../mdx/page.ts';

export interface Statement {
  readonly text: string;
  readonly line: number;
  /** Where it links to; in a table, where its heads link to as well. */
  readonly links: readonly string[];
}

export function statementsOf(page: Page): Statement[] {
  return [...frontMatterOf(page), ...bodyOf(page)];
}

function frontMatterOf({ frontMatter, text }: Page): Statement[] {
  const lines = text.split('\n');
  return Object.entries(frontMatter).flatMap(([field, value]) => {
    if (typeof value !== 'string') return [];
    const index = lines.findIndex((line) => line.startsWith(`${field}:`));
    return [{ text: value, line: index + 1, links: [] }];
  });
}

function bodyOf({ tree }: Page): Statement[] {
  const found: Statement[] = [];
  visit(tree, (node) => {
    switch (node.type) {
      case 'paragraph':
      case 'heading':
        found.push(...sentencesOf(node));
        return SKIP;
      case 'table':
        found.push(...cellsOf(node));
        return SKIP;
      default:
        return undefined;
    }
  });
  return found;
}

function sentencesOf(block: Nodes): Statement[] {
  const { text, links } = read(block);
  return [...sentences.segment(text)].map(({ segment, index }) => ({
    text: segment,
    line: lineOf(block),
    links: links
      .filter(({ at }) => at >= index && at < index + segment.length)
      .map(({ url }) => url),
  }));
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Heads say what is in a row and in a column, so their links hold there. */
function cellsOf({ children: [head, ...body] }: Table): Statement[] {
  if (head === undefined) return [];
  const heads = head.children.map(readCell);
  const inBody = body.flatMap((row) => {
    const cells = row.children.map(readCell);
    return cells.map((cell, column) => ({
      ...cell,
      text: withUnit(cell.text, heads[column]?.text ?? ''),
      links: [cell, cells[0], heads[column]].flatMap(
        (source) => source?.links ?? [],
      ),
    }));
  });
  return [...heads, ...inBody];
}

/** A number alone is of what its column is of: `rows a second`. */
function withUnit(cell: string, head: string): string {
  return /^[\d.,]+$/.test(cell) ? `${cell} ${head}` : cell;
}

function readCell(cell: TableCell): Statement {
  const { text, links } = read(cell);
  return { text, line: lineOf(cell), links: links.map(({ url }) => url) };
}

const unread: ReadonlySet<string> = new Set([
  'inlineCode',
  'mdxJsxFlowElement',
  'mdxJsxTextElement',
]);

interface LinkInText {
  readonly url: string;
  /** Where it begins in the text. */
  readonly at: number;
}

/** Code in a line of text is not read: a test cannot know whose it is. */
function read(block: Nodes) {
  let text = '';
  const links: LinkInText[] = [];
  visit(block, (node) => {
    // A sentence goes on in the next line.
    if (node.type === 'text') text += node.value.replaceAll('\n', ' ');
    // What is not read keeps the words around it apart.
    if (unread.has(node.type)) text += '_';
    if (node.type === 'link') links.push({ url: node.url, at: text.length });
  });
  return { text, links };
}
