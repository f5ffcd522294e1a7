import type { APIRequestContext } from '@playwright/test';

/**
 * The lines of a region as they stand in the file that the site publishes, with
 * no markers, no indentation that they share and no blank lines. Written apart
 * from the code that makes snippets, which it is there to check.
 */
export async function publishedLines(
  request: APIRequestContext,
  example: string,
  region: string | null,
): Promise<string[]> {
  const response = await request.get(`/code/${example}`);
  const lines = (await response.text()).split('\n');
  const first = region === null ? -1 : findMarker(lines, 'region', region);
  const last =
    region === null ? lines.length : findMarker(lines, 'endregion', region);
  return withoutIndentation(
    lines
      .slice(first + 1, last)
      .filter((line) => line.trim() !== '')
      .filter((line) => !/^\s*\S+ #(end)?region /.test(line)),
  );
}

function findMarker(lines: string[], kind: string, region: string): number {
  return lines.findIndex((line) => line.endsWith(` #${kind} ${region}`));
}

function withoutIndentation(lines: string[]): string[] {
  const margin = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(margin));
}
