/** Where the nodes and edges of a graph stand: the Eclipse Layout Kernel's work. */
import ELK, {
  type ElkEdgeSection,
  type ElkExtendedEdge,
  type ElkNode,
  type ElkShape,
  type LayoutOptions,
} from 'elkjs/lib/elk.bundled.js';
import type { Box, Point, Size } from '../geometry.ts';
import type {
  Direction,
  Graph,
  GraphEdge,
  GraphNode,
  Lines,
} from '../model.ts';
import { sizeOfNode } from './node-size.ts';
import { type PlacedText, sizeOfLines, sizeOfSection } from './text.ts';

export interface PlacedGraph extends Size {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export interface PlacedNode {
  readonly node: GraphNode;
  readonly box: Box;
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  readonly labels: readonly PlacedText[];
}

export async function layOutGraph(graph: Graph): Promise<PlacedGraph> {
  const level = { direction: graph.direction, isSeparate: false };
  const root = await elk.layout({
    id: 'the graph itself',
    layoutOptions: {
      ...layeredOptions(graph.direction),
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.json.shapeCoords': 'ROOT',
      'elk.json.edgeCoords': 'ROOT',
      'elk.padding': padding(8),
    },
    children: elkChildren(graph, undefined, level),
    edges: graph.edges.map(elkEdge),
  });
  const placed = new Map(descendants(root).map((node) => [node.id, node]));
  const { width, height } = boxOf(root);
  return {
    width,
    height,
    nodes: graph.nodes.map((node) => ({
      node,
      box: boxOf(placed.get(node.id) ?? unplaced(node.id)),
    })),
    edges: graph.edges.map((edge, index) =>
      placeEdge(edge, root.edges?.[index] ?? unplaced(edge.from)),
    ),
  };
}

const elk = new ELK();

/** The nodes that are laid out together, and how. */
interface Level {
  readonly direction: Direction;
  /** Laid out on its own, and then as a box among others. */
  readonly isSeparate: boolean;
}

function layeredOptions(direction: Direction): LayoutOptions {
  return {
    ...everyLevel,
    'elk.algorithm': 'layered',
    'elk.direction': elkDirections[direction],
    // What is named first comes first, and an edge back is drawn as one.
    'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    'elk.layered.nodePlacement.favorStraightEdges': 'true',
  };
}

const elkDirections = {
  TB: 'DOWN',
  BT: 'UP',
  LR: 'RIGHT',
  RL: 'LEFT',
} satisfies Record<Direction, string>;

const everyLevel: LayoutOptions = {
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '4',
  'elk.spacing.commentNode': '24',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
};

/** How far below the upper side of a group its label stands. */
export const groupLabelMiddle = 18;

function padding(all: number, top = all): string {
  return `[left=${all}, right=${all}, bottom=${all}, top=${top}]`;
}

function elkChildren(
  graph: Graph,
  parent: string | undefined,
  level: Level,
): ElkNode[] {
  return graph.nodes
    .filter((node) => node.parent === parent)
    .map((node) =>
      node.shape === 'group'
        ? elkGroup(graph, node, level)
        : elkNode(node, level.direction),
    );
}

function elkNode(node: GraphNode, direction: Direction): ElkNode {
  return {
    id: node.id,
    ...sizeOfNode(node, direction),
    layoutOptions: { 'elk.commentBox': String(node.shape === 'note') },
  };
}

function elkGroup(graph: Graph, group: GraphNode, outer: Level): ElkNode {
  const own = group.direction ?? outer.direction;
  const level =
    outer.isSeparate || (own !== outer.direction && isClosed(graph, group))
      ? { direction: own, isSeparate: true }
      : outer;
  return {
    id: group.id,
    layoutOptions: {
      ...(level.isSeparate ? layeredOptions(level.direction) : everyLevel),
      'elk.hierarchyHandling': level.isSeparate
        ? 'SEPARATE_CHILDREN'
        : 'INCLUDE_CHILDREN',
      'elk.padding': padding(18, 14),
      'elk.nodeSize.constraints': 'NODE_LABELS',
      'elk.nodeLabels.placement': 'INSIDE V_TOP H_CENTER',
    },
    labels: group.sections.map(sizeOfSection),
    children: elkChildren(graph, group.id, level),
  };
}

/**
 * Whether no edge crosses its border, nor that of a group in it. Only then can
 * a group have a direction of its own, as in Mermaid.
 */
function isClosed(graph: Graph, group: GraphNode): boolean {
  const parents = new Map(graph.nodes.map(({ id, parent }) => [id, parent]));
  const groupsAround = (id: string): string[] => {
    const parent = parents.get(id);
    return parent === undefined ? [] : [...groupsAround(parent), parent];
  };
  return graph.edges.every(({ from, to }) => {
    const around = [groupsAround(from), groupsAround(to)];
    return (
      around.every((groups) => !groups.includes(group.id)) ||
      around[0]?.join() === around[1]?.join()
    );
  });
}

function elkEdge(edge: GraphEdge, index: number): ElkExtendedEdge {
  return {
    id: `edge ${index}`,
    sources: [edge.from],
    targets: [edge.to],
    labels: labelsOf(edge).map(({ lines, placement, isInline }) => ({
      text: lines.join('\n'),
      ...sizeOfLabel(lines),
      layoutOptions: {
        'elk.edgeLabels.placement': placement,
        'elk.edgeLabels.inline': String(isInline),
      },
    })),
  };
}

/** The labels that an edge has, in the order in which they are placed. */
function labelsOf({ label, fromLabel, toLabel }: GraphEdge) {
  return [
    { lines: label, placement: 'CENTER', isInline: true },
    { lines: fromLabel, placement: 'TAIL', isInline: false },
    { lines: toLabel, placement: 'HEAD', isInline: false },
  ].filter(({ lines }) => lines.length > 0);
}

function sizeOfLabel(lines: Lines): Size {
  const { width, height } = sizeOfLines(lines, 'beside');
  return { width: width + 8, height: height + 4 };
}

function placeEdge(
  edge: GraphEdge,
  { sections, labels }: ElkExtendedEdge,
): PlacedEdge {
  const [section = unplaced(edge.from)] = sections ?? [];
  return {
    edge,
    points: pointsOf(section),
    labels: labelsOf(edge).map(({ lines }, index) => ({
      lines,
      box: boxOf(labels?.[index] ?? unplaced(edge.from)),
    })),
  };
}

function pointsOf({
  startPoint,
  bendPoints,
  endPoint,
}: ElkEdgeSection): Point[] {
  return [startPoint, ...(bendPoints ?? []), endPoint];
}

function descendants(node: ElkNode): ElkNode[] {
  return (node.children ?? []).flatMap((child) => [
    child,
    ...descendants(child),
  ]);
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: ElkShape): Box {
  return { x, y, width, height };
}

function unplaced(id: string): never {
  throw new Error(`the layout has no place for \`${id}\``);
}
