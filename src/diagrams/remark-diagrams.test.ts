import type { Root } from 'mdast';
import { VFile } from 'vfile';
import { expect, test } from 'vitest';
import { parsePage } from '../mdx/page.ts';
import remarkDiagrams from './remark-diagrams.ts';

async function transform(...lines: string[]): Promise<Root> {
  const file = 'docs/strategies/write-behind.mdx';
  const { tree } = await parsePage({
    id: 'strategies/write-behind',
    locale: 'en',
    file,
    text: lines.join('\n'),
  });
  const transformer = remarkDiagrams({ siteDir: '/site' });
  transformer(tree, new VFile({ path: `/site/${file}` }));
  return tree;
}

const description = ['accTitle: A title', 'accDescr: A description'];
const flowchart = [
  '```mermaid',
  'flowchart LR',
  ...description,
  'a --> b',
  '```',
];

test('a diagram is brought by a loader that knows its source and its place', async () => {
  const tree = await transform('Look:', '', ...flowchart);
  const [imported, , element] = tree.children;
  expect(element).toMatchObject({ name: 'Diagram' });
  const statement = JSON.stringify(imported?.data);
  const request = /!!([^?]+)\?([^!]+)!([^"]+)"/.exec(statement) ?? [];
  expect(request[1]).toBe('/site/src/diagrams/loader.cjs');
  expect(Object.fromEntries(new URLSearchParams(request[2]))).toEqual({
    source: 'flowchart LR\naccTitle: A title\naccDescr: A description\na --> b',
    kind: 'flowchart',
    page: 'docs/strategies/write-behind.mdx',
    line: '3',
  });
  expect(request[3]).toBe('/site/docs/strategies/write-behind.mdx');
});

test('each diagram of a page has an import of its own', async () => {
  const tree = await transform(...flowchart, '', ...flowchart);
  expect(tree.children.map(({ type }) => type)).toEqual([
    'mdxjsEsm',
    'mdxjsEsm',
    'mdxJsxFlowElement',
    'mdxJsxFlowElement',
  ]);
});

test('other kinds, and other fences, stay as they are', async () => {
  const tree = await transform(
    '```mermaid',
    'pie title Reads',
    ...description,
    '```',
    '',
    '```ts',
    'let a;',
    '```',
  );
  expect(tree.children.map(({ type }) => type)).toEqual(['code', 'code']);
});

test('a diagram without a description is refused, with its place and a remedy', async () => {
  await expect(
    transform('Look:', '', '```mermaid', 'pie title Reads', '```'),
  ).rejects.toThrow(
    /^docs\/strategies\/write-behind\.mdx:3: the diagram lacks `accTitle` or `accDescr`.*; add `accTitle: <what it shows>` and `accDescr: /,
  );
});
