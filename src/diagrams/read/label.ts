import { decodeHTML } from 'entities';
import { DiagramError } from '../diagram-error.ts';
import type { Lines } from '../model.ts';

/** The lines of a label as Mermaid hands it over. None for an empty label. */
export function linesOf(label: string | undefined): Lines {
  const lines = (label ?? '')
    .split(/<br\s*\/?>|\\n|\n/i)
    .map((line) => plainText(line).trim());
  return lines.every((line) => line === '') ? [] : lines;
}

/** A label that stands in one line. */
export function plainText(text: string): string {
  const markup = /<\/?[a-z][^<>]*>|\bfa\w?:fa-[\w-]+|\$\$.*\$\$/i.exec(
    text,
  )?.[0];
  if (markup !== undefined) {
    throw new DiagramError(
      `\`${markup}\` in the label \`${text}\` would be drawn as text; labels have no tags but \`<br/>\`, no icons and no formulas, and \`&lt;\` is \`<\``,
    );
  }
  return decodeHTML(withEntities(text));
}

/** Mermaid hides entities such as `#quot;` from its own parsers. */
function withEntities(text: string): string {
  return text
    .replaceAll('ﬂ°°', '&#')
    .replaceAll('ﬂ°', '&')
    .replaceAll('¶ß', ';');
}
