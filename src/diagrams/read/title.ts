import { DiagramError } from '../diagram-error.ts';
import type { InlineKind } from '../kind.ts';

/** Mermaid would draw a title above the diagram; here the page has it. */
export function refuseTitle(source: string, kind: InlineKind): void {
  const [first = '', ...others] = source.split('\n');
  if (first.trim() === '---') {
    throw new DiagramError(`front matter is not read; ${remedy}`, 1);
  }
  const index = others.findIndex((line) => /^\s*title[\s:]/.test(line));
  if (titledKinds.has(kind) && index >= 0) {
    throw new DiagramError(`\`title\` is not drawn; ${remedy}`, index + 2);
  }
}

const remedy = 'let a heading or the text above the diagram say it';

/** In the others a line that begins with `title` is about a node of that name. */
const titledKinds: ReadonlySet<InlineKind> = new Set(['sequence', 'class']);
