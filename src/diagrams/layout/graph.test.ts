import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Box } from '../geometry.ts';
import type { Graph, GraphEdge, GraphNode } from '../model.ts';
import { layOutGraph, type PlacedGraph } from './graph.ts';

const aNode = {
  parent: undefined,
  shape: 'rectangle',
  emphasis: undefined,
  direction: undefined,
} as const;

function node(id: string, more: Partial<GraphNode> = {}): GraphNode {
  const sections = [[{ style: 'label', cells: [id] } as const]];
  return { ...aNode, id, sections, ...more };
}

function edge(from: string, to: string, more: Partial<GraphEdge> = {}) {
  return {
    from,
    to,
    label: [],
    fromLabel: [],
    toLabel: [],
    line: 'solid',
    fromHead: 'none',
    toHead: 'arrow',
    ...more,
  } as const satisfies GraphEdge;
}

function boxOf(placed: PlacedGraph, id: string): Box {
  const found = placed.nodes.find((one) => one.node.id === id);
  if (found === undefined) throw new Error(`${id} is not placed`);
  return found.box;
}

function contains(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

test.each([
  ['TB', 'y', 1],
  ['BT', 'y', -1],
  ['LR', 'x', 1],
  ['RL', 'x', -1],
] as const)('edges run %s', async (direction, axis, sign) => {
  const placed = await layOutGraph({
    direction,
    nodes: [node('a'), node('b')],
    edges: [edge('a', 'b')],
  });
  const way = boxOf(placed, 'b')[axis] - boxOf(placed, 'a')[axis];
  expect(Math.sign(way)).toBe(sign);
});

test('what is named first comes first, although an edge leads back to it', async () => {
  const placed = await layOutGraph({
    direction: 'TB',
    nodes: [node('client'), node('cache')],
    edges: [edge('client', 'cache'), edge('cache', 'client')],
  });
  expect(boxOf(placed, 'client').y).toBeLessThan(boxOf(placed, 'cache').y);
});

test('labels have room of their own', async () => {
  const placed = await layOutGraph({
    direction: 'TB',
    nodes: [node('a'), node('b'), node('c')],
    edges: [
      edge('a', 'b', { label: ['a long label'], toLabel: ['0..*'] }),
      edge('a', 'c', { label: ['another', 'label'], fromLabel: ['1'] }),
    ],
  });
  const boxes = [
    ...placed.nodes.map(({ box }) => box),
    ...placed.edges.flatMap(({ labels }) => labels.map(({ box }) => box)),
  ];
  for (const [index, box] of boxes.entries()) {
    expect(boxes.slice(index + 1).some((other) => overlap(box, other))).toBe(
      false,
    );
  }
});

describe('the direction of a group', () => {
  const group = node('group', { shape: 'group', direction: 'LR' });
  const inside = ['a', 'b'].map((id) => node(id, { parent: 'group' }));

  test('is its own, where edges end at its border', async () => {
    const placed = await layOutGraph({
      direction: 'TB',
      nodes: [node('start'), group, ...inside],
      edges: [edge('start', 'group'), edge('a', 'b')],
    });
    expect(boxOf(placed, 'a').y).toBe(boxOf(placed, 'b').y);
  });

  test('is that of the diagram, where an edge crosses its border', async () => {
    const placed = await layOutGraph({
      direction: 'TB',
      nodes: [node('start'), group, ...inside],
      edges: [edge('start', 'a'), edge('a', 'b')],
    });
    expect(boxOf(placed, 'a').x).toBeCloseTo(boxOf(placed, 'b').x, 0);
  });
});

test('a note stands beside what it is about', async () => {
  const placed = await layOutGraph({
    direction: 'TB',
    nodes: [node('a'), node('b'), node('note', { shape: 'note' })],
    edges: [edge('a', 'b'), edge('note', 'a', { toHead: 'none' })],
  });
  const centre = ({ y, height }: Box) => y + height / 2;
  expect(centre(boxOf(placed, 'note'))).toBe(centre(boxOf(placed, 'a')));
});

/** Nodes in groups in groups, with edges between any of them. */
const anyGraph: fc.Arbitrary<Graph> = fc
  .record({
    direction: fc.constantFrom('TB', 'BT', 'LR', 'RL'),
    parents: fc.array(fc.option(fc.nat(7), { nil: undefined }), {
      minLength: 1,
      maxLength: 8,
    }),
    groupCount: fc.nat(3),
    directions: fc.array(fc.constantFrom('TB', 'LR', undefined)),
    ends: fc.array(fc.tuple(fc.nat(7), fc.nat(7), fc.boolean()), {
      maxLength: 10,
    }),
  })
  .map(({ direction, parents, groupCount, directions, ends }) => {
    // A parent is a group that comes earlier, so that no group is in itself.
    const nodes = parents.map((parent, index) => {
      const isGroup = index < groupCount;
      const groups = Math.min(index, groupCount);
      return node(`node ${index}`, {
        shape: isGroup ? 'group' : 'rectangle',
        direction: isGroup ? directions[index] : undefined,
        parent:
          parent === undefined || groups === 0
            ? undefined
            : `node ${parent % groups}`,
      });
    });
    const edges = ends.map(([from, to, isLabelled]) =>
      edge(`node ${from % nodes.length}`, `node ${to % nodes.length}`, {
        label: isLabelled ? ['label'] : [],
      }),
    );
    return { direction, nodes, edges };
  });

test('whatever the groups and edges, each node stands in its group and on no other', {
  timeout: 30_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(anyGraph, async (graph) => {
      const placed = await layOutGraph(graph);
      for (const [index, { node: one, box }] of placed.nodes.entries()) {
        if (one.parent !== undefined) {
          expect(contains(boxOf(placed, one.parent), box)).toBe(true);
        }
        for (const other of placed.nodes.slice(index + 1)) {
          if (other.node.parent !== one.parent) continue;
          expect(overlap(box, other.box)).toBe(false);
        }
      }
    }),
    { numRuns: 25 },
  );
});
