/**
 * A page reduced to what a translator must know of it. Line breaks, wrapping,
 * the looks of the Markdown and comments are gone; the text, links, diagrams,
 * references to code and what the front matter tells the reader are left.
 */
import { createHash } from 'node:crypto';
import { parseMarkdownHeadingId } from '@docusaurus/utils';
import type { Nodes, RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { Page } from '../mdx/page.ts';

/** What a translation's `sourceHash` must be, to be up to date. */
export function sourceHash(page: Page): string {
  return hash(sectionsOf(page).map(({ content }) => content));
}

/** A heading with what stands below it, up to the next heading. */
export interface Section {
  /** The heading's id; empty for what stands above the first heading. */
  readonly id: string;
  readonly title: string;
  readonly content: string;
}

export function sectionsOf(page: Page): Section[] {
  const opening: RootContent[] = [];
  const sections = [{ id: '', title: 'the opening', nodes: opening }];
  for (const node of page.tree.children) {
    if (node.type === 'heading') {
      const { text, id } = parseMarkdownHeadingId(textOf(node), 'classic');
      sections.push({ id: id ?? text, title: text, nodes: [] });
    }
    sections.at(-1)?.nodes.push(node);
  }
  const [first] = sections;
  return sections.map((section) => ({
    id: section.id,
    title: section.title,
    content: JSON.stringify([
      section === first ? frontMatterOf(page) : {},
      normaliseChildren(section.nodes),
    ]),
  }));
}

/** The keys of the front matter whose values a reader gets to see. */
export const textualKeys = [
  'title',
  'description',
  'sidebar_label',
  'pagination_label',
] as const;

function frontMatterOf({ frontMatter }: Page): Record<string, unknown> {
  return Object.fromEntries(textualKeys.map((key) => [key, frontMatter[key]]));
}

function hash(content: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(content));
  return digest.digest('hex').slice(0, 12);
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

function normalise(value: unknown): Json {
  if (typeof value === 'string') return oneSpace(value).trim();
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return value.map(normalise);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, field]) => !incidental.has(key) && field !== null)
      .map(([key, field]) => [key, normalise(field)]),
  );
}

/** Where a node stands, how far apart the items of a list, what parsers add. */
const incidental = new Set(['position', 'spread', 'data', 'children']);

function normaliseNode(node: Nodes): Json {
  if (node.type === 'code') {
    const { lang, meta, value } = node;
    const lines = lang === 'mermaid' ? steps(value) : value;
    return [normalise({ lang, meta }), lines];
  }
  const fields = normalise(node);
  return 'children' in node
    ? [fields, normaliseChildren(node.children)]
    : fields;
}

function normaliseChildren(nodes: readonly Nodes[]): Json[] {
  const normalised: Json[] = [];
  for (const node of nodes) {
    if (node.type === 'yaml' || isComment(node)) continue;
    if (node.type !== 'text') {
      normalised.push(normaliseNode(node));
      continue;
    }
    // A comment may have stood between two texts.
    const before = normalised.at(-1);
    if (typeof before === 'string') normalised.pop();
    const text = typeof before === 'string' ? before + node.value : node.value;
    normalised.push(oneSpace(text));
  }
  return normalised;
}

function isComment(node: Nodes): boolean {
  return (
    (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression') &&
    node.data?.estree?.body.length === 0
  );
}

function oneSpace(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** The lines of a diagram, of which neither indentation nor comments matter. */
function steps(source: string): string[] {
  return source
    .split('\n')
    .map((line) => oneSpace(line).trim())
    .filter((line) => line !== '' && !/^%%(?!\{)/.test(line));
}
