import { DiagramError } from '../diagram-error.ts';
import type { Graph } from '../model.ts';
import {
  type GraphDatabase,
  labelSections,
  type MermaidNode,
  readGraph,
} from './graph.ts';
import { linesOf } from './label.ts';

export function readFlowchart(database: GraphDatabase): Graph {
  return readGraph(database, {
    shapes: {
      squareRect: 'rectangle',
      roundedRect: 'rounded',
      stadium: 'stadium',
      circle: 'circle',
      diamond: 'diamond',
      hexagon: 'hexagon',
      cylinder: 'cylinder',
      subroutine: 'subroutine',
    },
    sections: (node) => labelSections(linesOf(unformatted(node))),
  });
}

function unformatted({ id, label, labelType }: MermaidNode): string {
  if (labelType === 'markdown' && /[*_]/.test(label ?? '')) {
    throw new DiagramError(
      `the label of \`${id}\` is formatted; write it without backticks`,
    );
  }
  return label ?? '';
}
