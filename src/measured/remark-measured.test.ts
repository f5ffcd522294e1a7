import path from 'node:path';
import type { Root } from 'mdast';
import type { MdxjsEsm } from 'mdast-util-mdxjs-esm';
import { VFile } from 'vfile';
import { describe, expect, test } from 'vitest';
import { parsePage } from '../mdx/page.ts';
import { sourceLocale } from '../site.ts';
import remarkMeasured from './remark-measured.ts';

const siteDir = path.resolve('/site');

async function transform(text: string, file = 'docs/reference/benchmarks.mdx') {
  const { tree } = await parsePage({
    id: 'reference/benchmarks',
    locale: sourceLocale,
    file,
    text,
  });
  remarkMeasured({ siteDir })(
    tree,
    new VFile({ path: path.join(siteDir, file) }),
  );
  return tree;
}

/** What the page imports, by the names that it gives it. */
function importsOf({ children }: Root) {
  return children
    .filter((node): node is MdxjsEsm => node.type === 'mdxjsEsm')
    .map(({ data }) => {
      const [statement] = data?.estree?.body ?? [];
      if (statement?.type !== 'ImportDeclaration') throw new Error('no import');
      const request = String(statement.source.value);
      const [, query = '', resource] =
        /^!!.*loader\.cjs\?(.*)!(.*)$/.exec(request) ?? [];
      const [specifier] = statement.specifiers;
      return {
        name: specifier?.local.name,
        query: Object.fromEntries(new URLSearchParams(query)),
        resource,
      };
    });
}

describe('a measured figure', () => {
  test('in a sentence is imported through the loader, and shown', async () => {
    const tree = await transform(
      'Text.\n\nIt costs <Measured of="cache" figure="ack-1" /> as much.',
    );
    expect(importsOf(tree)).toEqual([
      {
        name: 'measured0',
        query: {
          of: 'cache',
          figure: 'ack-1',
          figures: '',
          page: 'docs/reference/benchmarks.mdx',
          line: '3',
          locale: 'en',
        },
        resource: path.join(siteDir, 'docs/reference/benchmarks.mdx'),
      },
    ]);
    expect(tree.children.at(-1)).toMatchObject({
      children: [
        { type: 'text' },
        {
          type: 'mdxJsxTextElement',
          name: 'Measured',
          attributes: [
            { name: 'of', value: 'cache' },
            { name: 'figure', value: 'ack-1' },
            { name: 'measured', value: { value: 'measured0' } },
          ],
        },
        { type: 'text' },
      ],
    });
  });

  test('is shown in the language that its page is written in', async () => {
    const tree = await transform(
      '<Measured of="cache" figure="ack-1" />',
      'i18n/ja/docusaurus-plugin-content-docs/current/one.mdx',
    );
    expect(importsOf(tree)).toMatchObject([{ query: { locale: 'ja' } }]);
  });

  test('is one of many, in tables as well', async () => {
    const tree = await transform(
      [
        '| a | b |',
        '| --- | --- |',
        '| <Measured of="c" figure="x" /> | <Measured of="c" figure="y" /> |',
      ].join('\n'),
    );
    expect(importsOf(tree)).toMatchObject([
      { name: 'measured0', query: { figure: 'x' } },
      { name: 'measured1', query: { figure: 'y' } },
    ]);
  });
});

test('the conditions of a benchmark come without a figure', async () => {
  const tree = await transform('<MeasuredOn of="cache" />');
  expect(importsOf(tree)).toMatchObject([
    { query: { of: 'cache', figure: '' } },
  ]);
});

test('a chart is imported by what the names of its figures begin with', async () => {
  const tree = await transform('<Chart of="cache" figures="ack" />');
  expect(importsOf(tree)).toMatchObject([
    { query: { of: 'cache', figure: '', figures: 'ack' } },
  ]);
  expect(tree.children.at(-1)).toMatchObject({
    name: 'Chart',
    attributes: [{}, {}, { name: 'measured', value: { value: 'measured0' } }],
  });
});

test('other components are left alone', async () => {
  const [component] = (await transform('<Scoreboard of="cache" />')).children;
  expect(component).toMatchObject({
    name: 'Scoreboard',
    attributes: [{ name: 'of' }],
  });
});

describe('a component that cannot be understood names page and line', () => {
  test.each([
    ['<Measured of="cache" />', '<Measured of="…" figure="…" />'],
    ['<Measured of="cache" figur="ack-1" />', '<Measured of="…" figure="…" />'],
    ['<Measured of="cache" figure={name} />', '<Measured of="…" figure="…" />'],
    ['<Measured {...props} />', '<Measured of="…" figure="…" />'],
    ['<Chart of="cache" figure="ack" />', '<Chart of="…" figures="…" />'],
    ['<MeasuredOn of="cache" figure="ack-1" />', '<MeasuredOn of="…" />'],
  ])('%s', async (text, expected) => {
    await expect(transform(`Text.\n\n${text}`)).rejects.toThrow(
      `docs/reference/benchmarks.mdx:3: expected ${expected}`,
    );
  });
});
