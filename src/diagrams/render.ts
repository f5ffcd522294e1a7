import { escapeText } from '../html.ts';
import { descriptionOf, undescribed } from './description.ts';
import { DiagramError } from './diagram-error.ts';
import { drawGraph } from './draw/graph.ts';
import { drawSequence } from './draw/sequence.ts';
import { element } from './draw/svg.ts';
import type { Box } from './geometry.ts';
import type { InlineKind } from './kind.ts';
import { requireAllLabels } from './labels.ts';
import { layOutGraph } from './layout/graph.ts';
import { layOutSequence } from './layout/sequence.ts';
import { type DiagramModel, readDiagram } from './read/read.ts';

export interface RenderedDiagram {
  readonly svg: string;
  readonly title: string;
  /** In pixels, at the size at which the text is as large as the page's. */
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a Mermaid diagram. Throws a `DiagramError` where it cannot. The name is
 * one that no other diagram on the page has.
 */
export async function renderDiagram(
  source: string,
  kind: InlineKind,
  name: string,
): Promise<RenderedDiagram> {
  const spoken = descriptionOf(source);
  if (spoken === undefined) throw new DiagramError(undescribed);
  const model = await readDiagram(source, kind);
  const { drawing, box } = await draw(model);
  requireAllLabels(model, drawing);
  const viewBox = wholePixels(box);
  const { width, height } = viewBox;
  const svg = element(
    'svg',
    {
      role: 'img',
      viewBox: [viewBox.x, viewBox.y, width, height].join(' '),
      width,
      height,
      'aria-labelledby': `${name}-title`,
      'aria-describedby': `${name}-description`,
    },
    element('title', { id: `${name}-title` }, escapeText(spoken.title)),
    element(
      'desc',
      { id: `${name}-description` },
      escapeText(spoken.description),
    ),
    drawing,
  );
  return { svg, title: spoken.title, width, height };
}

async function draw(
  model: DiagramModel,
): Promise<{ readonly drawing: string; readonly box: Box }> {
  if (model.type === 'sequence') {
    const placed = layOutSequence(model.sequence);
    return { drawing: drawSequence(placed), box: placed.box };
  }
  const placed = await layOutGraph(model.graph);
  return { drawing: drawGraph(placed), box: { x: 0, y: 0, ...placed } };
}

function wholePixels({ x, y, width, height }: Box): Box {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  return {
    x: left,
    y: top,
    width: Math.ceil(x + width) - left,
    height: Math.ceil(y + height) - top,
  };
}
