/** What readers read on a page, wherever it stands. */
import type { Code, Nodes, Root } from 'mdast';
import type { MdxJsxAttribute } from 'mdast-util-mdx-jsx';
import { visitParents } from 'unist-util-visit-parents';
import { lineOf, type Page } from '../mdx/page.ts';
import type { Diagram } from './diagrams.ts';
import { textualKeys } from './source-hash.ts';

/** A paragraph, a heading, a cell of a table, a label … */
export interface Passage {
  readonly pieces: readonly Piece[];
  /** It is a paragraph that is neither in a list nor in a table. */
  readonly isRunningText: boolean;
}

export interface Piece {
  readonly text: string;
  /** The line that its first character stands on. */
  readonly line: number;
  /** It is inline code, which is the same in every language. */
  readonly isCode: boolean;
}

export function proseOf(page: Page, diagrams: readonly Diagram[]): Passage[] {
  return [
    ...frontMatterOf(page),
    ...textOf(page.tree),
    ...diagrams.flatMap(({ labels, line }) =>
      labels.map((label) => words(label, line)),
    ),
  ];
}

/** A passage without its code, on one line. */
export function wordsOf(passage: Passage): string {
  return passage.pieces
    .map(({ text, isCode }) => (isCode ? ' ' : text))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A passage as its author wrote it, apart from emphasis and links. */
export function sourceOf({ pieces }: Passage): string {
  return pieces
    .map(({ text, isCode }) => (isCode ? `\`${text}\`` : text))
    .join('');
}

/** Where a pattern is found in `sourceOf` a passage. */
export function findIn(
  passage: Passage,
  pattern: RegExp,
): { readonly text: string; readonly line: number }[] {
  const source = sourceOf(passage);
  return [...source.matchAll(pattern)].map(({ 0: text, index }) => {
    const linesBefore = source.slice(0, index).split('\n').length - 1;
    return { text, line: lineOfPassage(passage) + linesBefore };
  });
}

export function lineOfPassage(passage: Passage): number {
  return passage.pieces[0]?.line ?? 1;
}

/** The attributes of components, fences and such that are read as text. */
export const textualAttributes: ReadonlySet<string> = new Set([
  'alt',
  'aria-label',
  'caption',
  'description',
  'label',
  'summary',
  'title',
]);

function words(text: string, line: number): Passage {
  return { pieces: [{ text, line, isCode: false }], isRunningText: false };
}

function frontMatterOf(page: Page): Passage[] {
  return textualKeys.flatMap((key) => {
    const value = page.frontMatter[key];
    return typeof value === 'string'
      ? [words(value, frontMatterLine(page, key))]
      : [];
  });
}

export function frontMatterLine(page: Page, key: string): number {
  const lines = page.text.split('\n');
  return lines.findIndex((line) => line.startsWith(`${key}:`)) + 1 || 1;
}

function textOf(tree: Root): Passage[] {
  const passages: Passage[] = [];
  visitParents(tree, (node, ancestors) => {
    passages.push(...attributesOf(node));
    if (!isPassage(node)) return;
    passages.push({
      pieces: piecesOf(node.children),
      isRunningText:
        node.type === 'paragraph' &&
        !ancestors.some(({ type }) => type === 'listItem'),
    });
  });
  return passages.filter(({ pieces }) => pieces.length > 0);
}

function attributesOf(node: Nodes): Passage[] {
  const line = lineOf(node);
  switch (node.type) {
    case 'image':
    case 'link':
    case 'definition':
      return ['alt' in node ? node.alt : undefined, node.title].flatMap(
        (text) => (text ? [words(text, line)] : []),
      );
    case 'code':
      return titleOf(node).map((title) => words(title, line));
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement':
      return node.attributes
        .filter((attribute) => attribute.type === 'mdxJsxAttribute')
        .filter(({ name }) => textualAttributes.has(name))
        .flatMap(({ value }: MdxJsxAttribute) =>
          typeof value === 'string' ? [words(value, line)] : [],
        );
    default:
      return [];
  }
}

function titleOf(node: Code): string[] {
  return [/(?:^|\s)title="([^"]*)"/.exec(node.meta ?? '')?.[1] ?? []].flat();
}

/** Whether its children are the phrases of one passage. */
function isPassage(node: Nodes): node is Extract<Nodes, { type: 'paragraph' }> {
  return ['paragraph', 'heading', 'tableCell'].includes(node.type);
}

function piecesOf(nodes: readonly Nodes[]): Piece[] {
  return nodes.flatMap((node) => {
    const line = lineOf(node);
    if (node.type === 'text') {
      // The id of a heading is no text.
      const text = node.value.replace(/\s*\{#[\w-]+\}\s*$/, '');
      return [{ text, line, isCode: false }];
    }
    if (node.type === 'inlineCode') {
      return [{ text: node.value, line, isCode: true }];
    }
    if (node.type === 'break') return [{ text: '\n', line, isCode: false }];
    if (node.type === 'textDirective') {
      // A colon before a word, which the parser took for more.
      const name = { text: `:${node.name}`, line, isCode: false };
      return [name, ...piecesOf(node.children)];
    }
    return 'children' in node ? piecesOf(node.children) : [];
  });
}
