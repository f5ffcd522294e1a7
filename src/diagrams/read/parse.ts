/** Mermaid's own parser, in Node. */
import purifier from 'dompurify';
import mermaid from 'mermaid';
import { DiagramError } from '../diagram-error.ts';

/**
 * What Mermaid has read. Mermaid types this per kind, and exports none of the
 * types: each reader says what it expects.
 */
export async function parseMermaid(source: string): Promise<unknown> {
  await ready;
  const text = withoutComments(source);
  try {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    return db;
  } catch (error) {
    throw new DiagramError(messageOf(error), lineOf(error, text));
  }
}

// Mermaid purifies labels for the HTML that it makes of them, which needs a
// document. Here they are escaped where they are drawn.
Object.assign(purifier, {
  sanitize: (text: string) => text,
  addHook: () => {},
});

// Only `parse` makes Mermaid register its diagrams.
const ready = mermaid.parse('graph TB');

/** Mermaid removes the lines of comments, and then counts the lines. */
function withoutComments(source: string): string {
  return source.replace(/^[^\S\n]*%%(?!\{).*$/gm, '');
}

function messageOf(error: unknown): string {
  // Colours, for one, are checked by the browser.
  if (error instanceof ReferenceError) {
    return `it has something that Mermaid reads only in a browser (${error.message}); \`box\` is known to do that`;
  }
  const [first = '', excerpt = ''] = String(error).split('\n');
  return /\b(?:Parse|Lexical) error\b/.test(first)
    ? `Mermaid does not understand \`${excerpt.trim()}\``
    : first;
}

function lineOf(error: unknown, text: string): number | undefined {
  const line = /on line (\d+)/.exec(String(error))?.[1];
  const leading = /^\s*\n/.exec(text)?.[0].split('\n').length ?? 1;
  return line === undefined ? undefined : Number(line) + leading - 1;
}
