import { describe, expect, test } from 'vitest';
import type { Graph, Sequence } from '../model.ts';
import { readDiagram } from './read.ts';

async function readGraph(
  kind: 'flowchart' | 'class' | 'state' | 'er',
  ...lines: string[]
): Promise<Graph> {
  const model = await readDiagram(lines.join('\n'), kind);
  if (model.type !== 'graph') throw new Error('no graph');
  return model.graph;
}

async function readSequence(...lines: string[]): Promise<Sequence> {
  const model = await readDiagram(
    ['sequenceDiagram', ...lines].join('\n'),
    'sequence',
  );
  if (model.type !== 'sequence') throw new Error('no sequence');
  return model.sequence;
}

describe('a flowchart', () => {
  test('has shapes, groups and emphasis', async () => {
    const { direction, nodes } = await readGraph(
      'flowchart',
      'flowchart LR',
      'subgraph g["A group"]',
      'direction TB',
      'a(["flush()"]):::accent',
      'end',
      'b[(Store)]',
    );
    expect(direction).toBe('LR');
    expect(nodes).toMatchObject([
      { id: 'g', shape: 'group', direction: 'TB' },
      { id: 'a', shape: 'stadium', parent: 'g', emphasis: 'accent' },
      { id: 'b', shape: 'cylinder', parent: undefined, emphasis: undefined },
    ]);
  });

  test.each([
    ['-->', { line: 'solid', fromHead: 'none', toHead: 'arrow' }],
    ['---', { line: 'solid', fromHead: 'none', toHead: 'none' }],
    ['-.->', { line: 'dashed', toHead: 'arrow' }],
    ['==>', { line: 'thick', toHead: 'arrow' }],
    ['<-->', { fromHead: 'arrow', toHead: 'arrow' }],
    ['--x', { toHead: 'cross' }],
    ['--o', { toHead: 'circle' }],
    ['---->', { line: 'solid', toHead: 'arrow' }],
  ])('has edges such as `%s`', async (arrow, expected) => {
    const { edges } = await readGraph(
      'flowchart',
      'flowchart LR',
      `a ${arrow} b`,
    );
    expect(edges).toMatchObject([{ from: 'a', to: 'b', ...expected }]);
  });

  test('has an edge for each pair of a chain of groups', async () => {
    const { edges } = await readGraph(
      'flowchart',
      'flowchart LR',
      'a & b --> c --> d',
    );
    expect(edges.map(({ from, to }) => from + to)).toEqual(['ac', 'bc', 'cd']);
  });
});

describe('a class diagram', () => {
  test('shows members as TypeScript writes them', async () => {
    const { nodes } = await readGraph(
      'class',
      'classDiagram',
      'class Cache~K, V~ {',
      '<<interface>>',
      '-pending: Map~K, Operation~',
      '+get(key: K) Promise~V~',
      '+create()$ Cache',
      '#flush()*',
      '}',
    );
    expect(nodes[0]?.sections).toEqual([
      [
        { style: 'small', cells: ['«interface»'] },
        { style: 'name', cells: ['Cache<K, V>'] },
      ],
      [{ style: 'member', cells: ['-pending: Map<K, Operation>'] }],
      [
        { style: 'member', cells: ['+get(key: K): Promise<V>'] },
        { style: 'static', cells: ['+create(): Cache'] },
        { style: 'abstract', cells: ['#flush()'] },
      ],
    ]);
  });

  test.each([
    ['<|--', { fromHead: 'triangle', toHead: 'none', line: 'solid' }],
    ['..|>', { fromHead: 'none', toHead: 'triangle', line: 'dashed' }],
    ['*--', { fromHead: 'diamond', toHead: 'none' }],
    ['--o', { fromHead: 'none', toHead: 'hollow-diamond' }],
    ['-->', { toHead: 'open', line: 'solid' }],
    ['..>', { toHead: 'open', line: 'dashed' }],
    ['--', { fromHead: 'none', toHead: 'none', line: 'solid' }],
    ['..', { fromHead: 'none', toHead: 'none', line: 'dashed' }],
  ])('has relations such as `%s`', async (arrow, expected) => {
    const { edges } = await readGraph(
      'class',
      'classDiagram',
      `A "1" ${arrow} "0..*" B : holds`,
    );
    expect(edges).toMatchObject([
      { fromLabel: ['1'], toLabel: ['0..*'], label: ['holds'], ...expected },
    ]);
  });
});

describe('a state diagram', () => {
  test('has a start, an end, and states within states', async () => {
    const { nodes } = await readGraph(
      'state',
      'stateDiagram-v2',
      '[*] --> Pending',
      'state Failed {',
      '[*] --> Waiting',
      '}',
      'Failed --> [*]',
    );
    expect(
      nodes.map(({ shape, parent = 'the diagram' }) => `${shape} in ${parent}`),
    ).toEqual([
      'start in the diagram',
      'rounded in the diagram',
      'group in the diagram',
      'start in Failed',
      'rounded in Failed',
      'end in the diagram',
    ]);
  });

  test('has notes, tied to what they are about', async () => {
    const { nodes, edges } = await readGraph(
      'state',
      'stateDiagram-v2',
      'a --> b',
      'note right of a',
      'two',
      'lines',
      'end note',
    );
    const note = nodes.find(({ shape }) => shape === 'note');
    expect(note?.sections.flat().map(({ cells }) => cells)).toEqual([
      ['two'],
      ['lines'],
    ]);
    expect(edges.at(-1)).toMatchObject({
      from: 'a',
      to: note?.id,
      line: 'dashed',
      toHead: 'none',
    });
  });
});

describe('an ER diagram', () => {
  test('has attributes with keys and comments', async () => {
    const { nodes } = await readGraph(
      'er',
      'erDiagram',
      'p["Phiên"] {',
      'varchar(50) name PK, UK "of the user"',
      'jsonb data',
      '}',
    );
    expect(nodes[0]?.sections).toEqual([
      [{ style: 'name', cells: ['Phiên'] }],
      [
        {
          style: 'member',
          cells: ['varchar(50)', 'name', 'PK, UK', 'of the user'],
        },
        { style: 'member', cells: ['jsonb', 'data', '', ''] },
      ],
    ]);
  });

  test.each([
    ['||--o{', 'one', 'zero-or-more', 'solid'],
    ['}o--||', 'zero-or-more', 'one', 'solid'],
    ['|o..|{', 'zero-or-one', 'one-or-more', 'dashed'],
  ])('has relations such as `%s`', async (arrow, fromHead, toHead, line) => {
    const { edges } = await readGraph(
      'er',
      'erDiagram',
      `USER ${arrow} SESSION : has`,
    );
    expect(edges).toMatchObject([{ fromHead, toHead, line, label: ['has'] }]);
  });
});

describe('a sequence diagram', () => {
  test('has participants in the order in which they are named', async () => {
    const { participants } = await readSequence(
      'actor u as Người dùng',
      'u->>c: get',
    );
    expect(participants).toEqual([
      { id: 'u', label: ['Người dùng'], isPerson: true },
      { id: 'c', label: ['c'], isPerson: false },
    ]);
  });

  test.each([
    ['->>', { line: 'solid', fromHead: 'none', toHead: 'arrow' }],
    ['-->>', { line: 'dashed', toHead: 'arrow' }],
    ['-)', { line: 'solid', toHead: 'open' }],
    ['--x', { line: 'dashed', toHead: 'cross' }],
    ['->', { line: 'solid', toHead: 'none' }],
    ['<<->>', { fromHead: 'arrow', toHead: 'arrow' }],
  ])('has messages such as `%s`', async (arrow, expected) => {
    const { events } = await readSequence(`a${arrow}b: write(batch)`);
    expect(events).toMatchObject([
      { type: 'message', from: 'a', to: 'b', label: ['write(batch)'] },
    ]);
    expect(events).toMatchObject([expected]);
  });

  test('has activations, written in either way', async () => {
    const short = await readSequence('a->>+b: ask', 'b-->>-a: answer');
    const long = await readSequence(
      'a->>b: ask',
      'activate b',
      'b-->>a: answer',
      'deactivate b',
    );
    expect(short.events).toEqual(long.events);
    expect(short.events.map(({ type }) => type)).toEqual([
      'message',
      'activate',
      'message',
      'deactivate',
    ]);
  });

  test('has frames with parts', async () => {
    const { events } = await readSequence(
      'loop every second',
      'alt written',
      'a->>b: c',
      'else failed',
      'a->>b: d',
      'end',
      'end',
    );
    expect(events).toMatchObject([
      { type: 'block', keyword: 'loop', label: ['every second'] },
      { type: 'block', keyword: 'alt', label: ['written'] },
      { type: 'message' },
      { type: 'divider', label: ['failed'] },
      { type: 'message' },
      { type: 'end' },
      { type: 'end' },
    ]);
  });

  test('has notes on either side and over several', async () => {
    const { events } = await readSequence(
      'a->>b: c',
      'note left of a: one',
      'note right of b: two<br/>lines',
      'note over a,b: three',
    );
    expect(events.slice(1)).toEqual([
      { type: 'note', side: 'left', participants: ['a'], label: ['one'] },
      {
        type: 'note',
        side: 'right',
        participants: ['b'],
        label: ['two', 'lines'],
      },
      {
        type: 'note',
        side: 'over',
        participants: ['a', 'b'],
        label: ['three'],
      },
    ]);
  });
});

test('diagrams that are read at the same time do not mix', async () => {
  const headers = {
    flowchart: 'flowchart TD',
    class: 'classDiagram',
    state: 'stateDiagram-v2',
  } as const;
  const kinds = ['flowchart', 'class', 'state'] as const;
  const graphs = await Promise.all(
    kinds.flatMap((kind) =>
      ['a', 'b'].map((id) =>
        readGraph(kind, headers[kind], `${id}1 --> ${id}2`),
      ),
    ),
  );
  expect(graphs.map(({ nodes }) => nodes.map(({ id }) => id))).toEqual(
    kinds.flatMap(() => [
      ['a1', 'a2'],
      ['b1', 'b2'],
    ]),
  );
});
