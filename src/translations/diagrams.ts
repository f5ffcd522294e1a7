/**
 * What a diagram *shows*, which is the same in every language, apart from the
 * words on it, which are not.
 */
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { descriptionOf } from '../diagrams/description.ts';
import { DiagramError } from '../diagrams/diagram-error.ts';
import { type InlineKind, inlineKindOf } from '../diagrams/kind.ts';
import type {
  Graph,
  GraphEdge,
  GraphNode,
  Head,
  Line,
  Lines,
  Row,
  Sequence,
  SequenceEvent,
} from '../diagrams/model.ts';
import { readDiagram } from '../diagrams/read/read.ts';
import { lineOf } from '../mdx/page.ts';

export interface Diagram extends DiagramReading {
  /** Of the page. */
  readonly line: number;
}

export interface DiagramReading {
  /** Each node, edge, message …, in a notation close to Mermaid's. */
  readonly structure: readonly string[];
  readonly labels: readonly string[];
  /** Why it could not be read; its structure is unknown then. */
  readonly error?: string;
}

export async function diagramsOf(tree: Root): Promise<Diagram[]> {
  const fences: { source: string; line: number }[] = [];
  visit(tree, 'code', (node) => {
    if (node.lang !== 'mermaid') return;
    fences.push({ source: node.value, line: lineOf(node) });
  });
  return Promise.all(
    fences.map(async ({ source, line }) => ({
      line,
      ...(await readStructure(source)),
    })),
  );
}

export async function readStructure(source: string): Promise<DiagramReading> {
  const { title, description } = descriptionOf(source) ?? {};
  const spoken = [title, description].filter((text) => text !== undefined);
  const kind = inlineKindOf(source);
  if (kind === undefined) return { structure: outline(source), labels: spoken };
  try {
    const model = await readDiagram(source, kind);
    const { structure, labels } =
      model.type === 'graph'
        ? structureOfGraph(model.graph, kind)
        : structureOfSequence(model.sequence);
    return { structure, labels: [...spoken, ...labels] };
  } catch (error) {
    if (!(error instanceof DiagramError)) throw error;
    return { structure: [], labels: spoken, error: error.message };
  }
}

function structureOfGraph(graph: Graph, kind: InlineKind): DiagramReading {
  return {
    structure: [
      `${kind} ${graph.direction}`,
      // Sorted, since a translation may declare a node early to give it a label.
      ...graph.nodes.map(nodeLine).sort(),
      ...graph.edges.map(edgeLine),
    ],
    labels: [
      ...graph.nodes.flatMap(labelsOfNode),
      ...graph.edges.flatMap(({ label, fromLabel, toLabel }) => [
        ...oneLine(label),
        ...[fromLabel, toLabel].filter(isWords).flatMap(oneLine),
      ]),
    ],
  };
}

function nodeLine(node: GraphNode): string {
  const members = node.sections
    .flat()
    .map(codeOfRow)
    .filter((member) => member !== '');
  return [
    `${node.shape} ${nameOf(node.id)}`,
    node.parent === undefined ? '' : ` in ${node.parent}`,
    node.direction === undefined ? '' : ` ${node.direction}`,
    node.emphasis === undefined ? '' : `:::${node.emphasis}`,
    members.length === 0 ? '' : ` { ${members.join('; ')} }`,
  ].join('');
}

function labelsOfNode({ sections }: GraphNode): string[] {
  return sections.flatMap((rows) => [
    ...oneLine(rows.filter(isLabel).flatMap(({ cells }) => cells)),
    ...rows
      .filter((row) => !isLabel(row))
      .flatMap(({ cells }) => oneLine(cells.slice(codeCells))),
  ]);
}

/** The members of a class and the attributes of an entity are code. */
function codeOfRow(row: Row): string {
  return isLabel(row) ? '' : row.cells.slice(0, codeCells).join(' ').trim();
}

function isLabel({ style }: Row): boolean {
  return style === 'label' || style === 'name';
}

/** An attribute has a type, a name and keys; what follows is a comment. */
const codeCells = 3;

function edgeLine(edge: GraphEdge): string {
  const { from, to, label, fromLabel, toLabel } = edge;
  const ends = [fromLabel, toLabel].map((end) =>
    end.length === 0 || isWords(end) ? '' : ` "${end.join(' ')}"`,
  );
  const arrow = arrowOf(edge.line, edge.fromHead, edge.toHead);
  return `${nameOf(from)}${ends[0]} ${arrow}${ends[1]} ${nameOf(to)}${labelled(label)}`;
}

/** Mermaid numbers some ids, by where in the source they stand. */
function nameOf(id: string): string {
  return id.replace(/^entity-(.+)-\d+$/, '$1').replace(/-+note-\d+$/, ' note');
}

/** Multiplicities such as `0..*` are the same in every language. */
function isWords(label: Lines): boolean {
  return /\p{L}/u.test(label.join(''));
}

function structureOfSequence({
  participants,
  events,
}: Sequence): DiagramReading {
  return {
    structure: [
      'sequence',
      ...participants.map(
        ({ id, isPerson }) => `${isPerson ? 'actor' : 'participant'} ${id}`,
      ),
      ...events.map(eventLine),
    ],
    labels: [
      ...participants.flatMap(({ label }) => oneLine(label)),
      ...events.flatMap((event) =>
        'label' in event ? oneLine(event.label) : [],
      ),
    ],
  };
}

function eventLine(event: SequenceEvent): string {
  switch (event.type) {
    case 'message': {
      const arrow = arrowOf(event.line, event.fromHead, event.toHead);
      return `${event.from} ${arrow} ${event.to}${labelled(event.label)}`;
    }
    case 'note':
      return `note ${event.side} ${event.participants.join(', ')}`;
    case 'activate':
    case 'deactivate':
      return `${event.type} ${event.id}`;
    case 'block':
      return event.keyword + labelled(event.label);
    case 'divider':
      return `and or else${labelled(event.label)}`;
    case 'end':
      return 'end';
  }
}

function arrowOf(line: Line, fromHead: Head, toHead: Head): string {
  const from = fromHead === 'arrow' ? '<' : headName(fromHead);
  const to = toHead === 'arrow' ? '>' : headName(toHead);
  return from + strokes[line] + to;
}

function headName(head: Head): string {
  return head === 'none' ? '' : `(${head})`;
}

const strokes = {
  solid: '--',
  dashed: '-.-',
  thick: '==',
} satisfies Record<Line, string>;

/** Whether there are words is structure; which words, is not. */
function labelled(label: Lines): string {
  return label.length === 0 ? '' : ' : …';
}

function oneLine(lines: Lines): string[] {
  const text = lines.join(' ').trim();
  return text === '' ? [] : [text];
}

/** Of a kind that nobody reads here: everything apart from its words. */
function outline(source: string): string[] {
  const [header = '', ...lines] = source
    .replace(/^\s*accDescr\s*\{[^}]*\}/m, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^(%%(?!\{)|acc(Title|Descr)\b|title\b|$)/.test(line));
  return [
    header.split(/\s/, 1).join(),
    ...lines.map((line) =>
      line.replaceAll(/"[^"]*"|\p{L}[\p{L}\p{M}\s'’-]*/gu, '…'),
    ),
  ];
}
