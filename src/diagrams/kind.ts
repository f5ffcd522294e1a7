/**
 * The kinds of Mermaid diagram that are drawn at build time. All others are
 * left to Mermaid in the reader's browser.
 */
export type InlineKind = 'flowchart' | 'sequence' | 'class' | 'state' | 'er';

/** `undefined` for a kind that is left to the browser. */
export function inlineKindOf(source: string): InlineKind | undefined {
  const header = /^[\w-]+/.exec(withoutPreamble(source))?.[0];
  return header === undefined ? undefined : kindOfHeader.get(header);
}

const kindOfHeader: ReadonlyMap<string, InlineKind> = new Map([
  ['flowchart', 'flowchart'],
  ['graph', 'flowchart'],
  ['sequenceDiagram', 'sequence'],
  ['classDiagram', 'class'],
  ['classDiagram-v2', 'class'],
  ['stateDiagram', 'state'],
  ['stateDiagram-v2', 'state'],
  ['erDiagram', 'er'],
]);

/** What may stand before the header: front matter, directives, comments. */
function withoutPreamble(source: string): string {
  return source.replace(
    /^(?:\s|---\n[\s\S]*?\n---\n|%%\{[\s\S]*?\}%%|%%[^\n]*)+/,
    '',
  );
}
