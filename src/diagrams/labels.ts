import { escapeText } from '../html.ts';
import { DiagramError } from './diagram-error.ts';
import type { Graph, Sequence } from './model.ts';
import type { DiagramModel } from './read/read.ts';

/** Refuses a drawing that lacks one of the labels of what it should show. */
export function requireAllLabels(model: DiagramModel, svg: string): void {
  const drawn = Array.from(
    svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g),
    ([, text = '']) => text,
  );
  for (const label of labelsOf(model)) {
    const index = drawn.findIndex((text) => text.includes(escapeText(label)));
    if (index < 0) {
      throw new DiagramError(`the label \`${label}\` is not in the drawing`);
    }
    drawn.splice(index, 1);
  }
}

/** Longer ones first: a label may be a part of another. */
function labelsOf(model: DiagramModel): string[] {
  const labels =
    model.type === 'graph'
      ? labelsOfGraph(model.graph)
      : labelsOfSequence(model.sequence);
  return labels.sort((one, other) => other.length - one.length);
}

function labelsOfGraph({ nodes, edges }: Graph): string[] {
  return [
    ...nodes.flatMap(({ sections }) =>
      sections.flat().flatMap((row) => row.cells),
    ),
    ...edges.flatMap(({ label, fromLabel, toLabel }) => [
      ...label,
      ...fromLabel,
      ...toLabel,
    ]),
  ].filter((label) => label !== '');
}

function labelsOfSequence({ participants, events }: Sequence): string[] {
  return [
    ...participants.flatMap(({ label }) => label),
    ...events.flatMap((event) => ('label' in event ? event.label : [])),
  ].filter((label) => label !== '');
}
