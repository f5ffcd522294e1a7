/** What flowcharts, state, class and ER diagrams have in common. */
import type { LayoutData } from 'mermaid';
import { DiagramError } from '../diagram-error.ts';
import {
  type Direction,
  type Emphasis,
  emphases,
  type Graph,
  type GraphEdge,
  type GraphNode,
  type Head,
  type Line,
  type Lines,
  type Section,
  type Shape,
} from '../model.ts';
import { linesOf } from './label.ts';

export type MermaidNode = LayoutData['nodes'][number];
type MermaidEdge = LayoutData['edges'][number];

export interface GraphDatabase {
  getDirection(): string | undefined;
  getData(): Pick<LayoutData, 'nodes' | 'edges'>;
}

/** What a kind of diagram makes of Mermaid's nodes in its own way. */
interface GraphReader {
  /** By the name that Mermaid has for them; the others are refused. */
  readonly shapes: Readonly<Record<string, Shape>>;
  sections(node: MermaidNode): readonly Section[];
}

export function readGraph(
  database: GraphDatabase,
  { shapes, sections }: GraphReader,
): Graph {
  const { nodes, edges } = database.getData();
  return {
    direction: directionOf(database.getDirection()) ?? 'TB',
    // Before the nodes: Mermaid makes nodes for ends that are not drawn.
    edges: edges.map(readEdge),
    nodes: nodes.map((node): GraphNode => {
      refuseWhatIsNotDrawn(node);
      return {
        id: node.id,
        parent: node.parentId,
        shape: node.isGroup ? 'group' : shapeOf(node, shapes),
        emphasis: emphasisOf(node),
        direction: directionOf(node.dir),
        sections: sections(node),
      };
    }),
  };
}

export function labelSections(lines: Lines): readonly Section[] {
  return [lines.map((line) => ({ style: 'label', cells: [line] }))];
}

function directionOf(name: string | undefined): Direction | undefined {
  return name === undefined ? undefined : directions[name];
}

const directions: Readonly<Record<string, Direction>> = {
  TB: 'TB',
  TD: 'TB',
  BT: 'BT',
  LR: 'LR',
  RL: 'RL',
};

function shapeOf(node: MermaidNode, shapes: GraphReader['shapes']): Shape {
  const name = node.shape ?? '';
  const shape = shapes[name];
  if (shape !== undefined) return shape;
  throw new DiagramError(
    `the shape \`${name}\` of \`${node.id}\` is not drawn; there are ${Object.keys(shapes).join(', ')}`,
  );
}

function refuseWhatIsNotDrawn(node: MermaidNode): void {
  if (node.link || node.haveCallback) {
    throw new DiagramError(
      `\`${node.id}\` is clickable; put the link into the text beside the diagram`,
    );
  }
  if (node.img || node.icon) {
    throw new DiagramError(`the picture in \`${node.id}\` is not drawn`);
  }
  const styles = [...(node.cssStyles ?? []), ...(node.cssCompiledStyles ?? [])];
  if (styles.length > 0 && node.shape !== 'note') {
    throw new DiagramError(
      `\`${node.id}\` has colours of its own (\`${styles.join('; ')}\`), which cannot suit both themes; ${emphasisHint}`,
    );
  }
}

function emphasisOf(node: MermaidNode): Emphasis | undefined {
  const classes = (node.cssClasses ?? '')
    .split(/\s+/)
    .filter((name) => name !== '' && !/^(default$|statediagram-)/.test(name));
  const [emphasis] = emphases.filter((name) => classes.includes(name));
  const unknown = classes.find((name) => name !== emphasis);
  if (unknown === undefined) return emphasis;
  throw new DiagramError(
    `\`${node.id}\` has the class \`${unknown}\`; ${emphasisHint}`,
  );
}

const emphasisHint = `use at most one of the classes ${emphases.join(', ')}, as in \`class A ${emphases[0]}\``;

function readEdge(edge: MermaidEdge): GraphEdge {
  const { start, end } = edge;
  if (start === undefined || end === undefined) {
    throw new DiagramError(`the edge \`${edge.id}\` has no two ends`);
  }
  const name = `the edge from \`${start}\` to \`${end}\``;
  if (
    [edge.style].flat().some((style) => style && !/^fill: ?none/.test(style))
  ) {
    throw new DiagramError(
      `${name} has a style of its own, which cannot suit both themes; use \`-->\`, \`-.->\` or \`==>\``,
    );
  }
  return {
    from: start,
    to: end,
    label: linesOf(edge.label),
    fromLabel: linesOf(edge.startLabelRight),
    toLabel: linesOf(edge.endLabelLeft),
    line: lineOf(edge, name),
    fromHead: headOf(edge.arrowTypeStart, name),
    toHead: headOf(edge.arrowTypeEnd, name),
  };
}

function lineOf(edge: MermaidEdge, name: string): Line {
  const { thickness, pattern, classes = '' } = edge;
  if (thickness === 'invisible') {
    throw new DiagramError(`${name} is invisible (\`~~~\`); remove it`);
  }
  if (thickness === 'thick') return 'thick';
  const isDashed =
    pattern === 'dotted' ||
    pattern === 'dashed' ||
    classes.includes('note-edge');
  return isDashed ? 'dashed' : 'solid';
}

function headOf(type: string | undefined, name: string): Head {
  const head = heads[type || 'none'];
  if (head !== undefined) return head;
  throw new DiagramError(`${name} ends in a \`${type}\`, which is not drawn`);
}

const heads: Readonly<Record<string, Head>> = {
  none: 'none',
  arrow_point: 'arrow',
  arrow_barb: 'arrow',
  arrow_circle: 'circle',
  arrow_cross: 'cross',
  extension: 'triangle',
  composition: 'diamond',
  aggregation: 'hollow-diamond',
  dependency: 'open',
  only_one: 'one',
  zero_or_one: 'zero-or-one',
  one_or_more: 'one-or-more',
  zero_or_more: 'zero-or-more',
};
