/** A page of the site, read from its file and parsed as the site parses it. */
import fs from 'node:fs';
import path from 'node:path';
import {
  DEFAULT_PARSE_FRONT_MATTER,
  escapeMarkdownHeadingIds,
  parseMarkdownHeadingId,
} from '@docusaurus/utils';
import type { Heading, Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFileMessage } from 'vfile-message';
import { docsFolder, type Locale } from '../site.ts';

export interface Page {
  /** Its path without the folder of its locale and without ending. */
  readonly id: string;
  readonly locale: Locale;
  /** Relative to the site, with `/` on every system. */
  readonly file: string;
  readonly text: string;
  readonly frontMatter: Readonly<Record<string, unknown>>;
  readonly tree: Root;
}

export interface PageHeading {
  readonly depth: Heading['depth'];
  /** Absent where the author gave none. */
  readonly id: string | undefined;
  readonly text: string;
  readonly line: number;
}

/** All pages of a locale, sorted by id. */
export async function readPages(
  siteDir: string,
  locale: Locale,
): Promise<Page[]> {
  return Promise.all(
    pageIds(siteDir, locale).map((id) => readPage(siteDir, locale, id)),
  );
}

export function pageIds(siteDir: string, locale: Locale): string[] {
  const folder = path.join(siteDir, docsFolder(locale));
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('.mdx'))
    .map((file) => file.slice(0, -'.mdx'.length))
    .sort();
}

export function pageFile(locale: Locale, id: string): string {
  return `${docsFolder(locale)}/${id}.mdx`;
}

export async function readPage(
  siteDir: string,
  locale: Locale,
  id: string,
): Promise<Page> {
  const file = pageFile(locale, id);
  return parsePage({
    id,
    locale,
    file,
    text: fs.readFileSync(path.join(siteDir, file), 'utf8'),
  });
}

export async function parsePage(
  source: Pick<Page, 'id' | 'locale' | 'file' | 'text'>,
): Promise<Page> {
  const { frontMatter } = await DEFAULT_PARSE_FRONT_MATTER({
    filePath: source.file,
    fileContent: source.text,
  });
  return { ...source, frontMatter, tree: parse(source) };
}

/** Lines stay where they are; columns behind an escaped id move by one. */
function parse({ file, text }: Pick<Page, 'file' | 'text'>): Root {
  try {
    return parser.parse(escapeMarkdownHeadingIds(text));
  } catch (error) {
    if (!(error instanceof VFileMessage)) throw error;
    // An element that is never closed is placed by the reason alone.
    const place = error.line === undefined ? file : `${file}:${error.line}`;
    throw new Error(`${place}: ${error.reason}`, { cause: error });
  }
}

const parser = unified()
  .use(remarkParse)
  .use(remarkFrontmatter)
  .use(remarkMdx)
  .use(remarkGfm)
  .use(remarkDirective);

export function headingsOf(page: Page): PageHeading[] {
  const headings: PageHeading[] = [];
  visit(page.tree, 'heading', (node) => {
    const { text, id } = parseMarkdownHeadingId(textOf(node), 'classic');
    headings.push({ depth: node.depth, id, text, line: lineOf(node) });
  });
  return headings;
}

export function lineOf(node: {
  readonly position?: { readonly start: { readonly line: number } } | undefined;
}): number {
  return node.position?.start.line ?? 1;
}
