import type { InlineKind } from '../kind.ts';
import type { Graph, Sequence } from '../model.ts';
import { readClass } from './class.ts';
import { readEr } from './er.ts';
import { readFlowchart } from './flowchart.ts';
import type { GraphDatabase } from './graph.ts';
import { parseMermaid } from './parse.ts';
import { readSequence, type SequenceDatabase } from './sequence.ts';
import { readState } from './state.ts';
import { refuseTitle } from './title.ts';

export type DiagramModel =
  | { readonly type: 'graph'; readonly graph: Graph }
  | { readonly type: 'sequence'; readonly sequence: Sequence };

/** Reads what a diagram says. Throws a `DiagramError` for what is not drawn. */
export async function readDiagram(
  source: string,
  kind: InlineKind,
): Promise<DiagramModel> {
  refuseTitle(source, kind);
  const database = await parseMermaid(source);
  return kind === 'sequence'
    ? {
        type: 'sequence',
        sequence: readSequence(database as SequenceDatabase),
      }
    : { type: 'graph', graph: graphReaders[kind](database as GraphDatabase) };
}

const graphReaders = {
  flowchart: readFlowchart,
  state: readState,
  class: readClass,
  er: readEr,
} satisfies Record<
  Exclude<InlineKind, 'sequence'>,
  (database: GraphDatabase) => Graph
>;
