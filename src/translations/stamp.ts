/**
 * The stamp in a translation's front matter, `sourceHash`: the hash of the
 * English page that somebody compared it with.
 */
import type { Page } from '../mdx/page.ts';

export function stampOf(page: Page): string | undefined {
  const { sourceHash } = page.frontMatter;
  return sourceHash === undefined || sourceHash === null
    ? undefined
    : String(sourceHash);
}

/** The text of a page with the stamp, and otherwise the same to the last byte. */
export function withStamp(text: string, hash: string): string {
  const lines = text.split('\n');
  const [first = ''] = lines;
  const end = lines.findIndex(
    (line, index) => index > 0 && line.trimEnd() === '---',
  );
  if (!/^\uFEFF?---\s*$/.test(first) || end < 0) {
    throw new Error('expected front matter, between two lines of `---`');
  }
  // In quotes, since YAML takes a hash of digits for a number.
  const line = `sourceHash: '${hash}'${first.endsWith('\r') ? '\r' : ''}`;
  const former = lines.findIndex((line) => line.startsWith('sourceHash:'));
  const isStamped = former >= 0 && former < end;
  return (
    isStamped ? lines.toSpliced(former, 1, line) : lines.toSpliced(end, 0, line)
  ).join('\n');
}
