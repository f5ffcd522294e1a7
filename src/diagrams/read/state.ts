import { DiagramError } from '../diagram-error.ts';
import type { Graph } from '../model.ts';
import {
  type GraphDatabase,
  labelSections,
  type MermaidNode,
  readGraph,
} from './graph.ts';
import { linesOf } from './label.ts';

export function readState(database: GraphDatabase): Graph {
  return readGraph(
    {
      getDirection: () => database.getDirection(),
      getData: () => {
        const { nodes, edges } = database.getData();
        refuseConcurrency(nodes);
        return { nodes: withoutNoteGroups(nodes), edges };
      },
    },
    {
      shapes: {
        rect: 'rounded',
        rectWithTitle: 'rounded',
        stateStart: 'start',
        stateEnd: 'end',
        choice: 'diamond',
        fork: 'bar',
        join: 'bar',
        note: 'note',
      },
      sections: (node) =>
        unnamed.has(node.shape ?? '')
          ? []
          : [node.label, ...(node.description ?? [])].flatMap((text) =>
              labelSections(linesOf(text)),
            ),
    },
  );
}

/** Mermaid gives these a label too, and does not show it. */
const unnamed = new Set(['stateStart', 'stateEnd', 'choice', 'fork', 'join']);

function refuseConcurrency(nodes: readonly MermaidNode[]): void {
  if (nodes.some(({ shape }) => String(shape) === 'divider')) {
    throw new DiagramError(
      'concurrent states (`--`) are not drawn; use a diagram for each',
    );
  }
}

/** Mermaid wraps each note in a group that nobody sees. */
function withoutNoteGroups(nodes: readonly MermaidNode[]): MermaidNode[] {
  const groups = new Map(
    nodes
      .filter(({ shape }) => shape === 'noteGroup')
      .map((group) => [group.id, group]),
  );
  return nodes
    .filter(({ id }) => !groups.has(id))
    .map((node) => {
      const group = groups.get(node.parentId ?? '');
      if (group === undefined) return node;
      const { parentId: _, ...note } = node;
      return group.parentId === undefined
        ? note
        : { ...note, parentId: group.parentId };
    });
}
