import type { Graph, Row, Section } from '../model.ts';
import { type GraphDatabase, type MermaidNode, readGraph } from './graph.ts';
import { linesOf, plainText } from './label.ts';

export function readEr(database: GraphDatabase): Graph {
  return readGraph(database, {
    shapes: { erBox: 'rectangle' },
    sections: (node) => sectionsOf(node as Entity),
  });
}

type Entity = MermaidNode & {
  readonly alias: string;
  readonly attributes: readonly Attribute[];
};

interface Attribute {
  readonly type: string;
  readonly name: string;
  readonly keys: readonly string[];
  readonly comment: string;
}

function sectionsOf({ label, alias, attributes }: Entity): Section[] {
  const header = linesOf(alias || label).map(
    (line): Row => ({ style: 'name', cells: [line] }),
  );
  return attributes.length > 0 ? [header, attributes.map(readRow)] : [header];
}

function readRow({ type, name, keys, comment }: Attribute): Row {
  const cells = [type, name, keys.join(', '), comment];
  return { style: 'member', cells: cells.map(plainText) };
}
