import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { MdxJsxFlowElement } from 'mdast-util-mdx-jsx';
import type { MdxjsEsm } from 'mdast-util-mdxjs-esm';
import { VFile } from 'vfile';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePage } from '../mdx/page.ts';
import { sourceLocale } from '../site.ts';
import remarkSnippets from './remark-snippets.ts';

let siteDir: string;

beforeAll(() => {
  siteDir = fs.mkdtempSync(path.join(os.tmpdir(), 'snippets-'));
  fs.mkdirSync(path.join(siteDir, 'examples/shared'), { recursive: true });
  fs.writeFileSync(path.join(siteDir, 'examples/shared/clock.ts'), 'now();\n');
});

afterAll(() => fs.rmSync(siteDir, { recursive: true }));

async function transform(text: string, file = 'docs/start/one.mdx') {
  const { tree } = await parsePage({
    id: 'start/one',
    locale: sourceLocale,
    file,
    text,
  });
  remarkSnippets({ siteDir })(
    tree,
    new VFile({ path: path.join(siteDir, file) }),
  );
  return tree.children;
}

/** What the page imports: the query, and the file that it is about. */
async function importOf(text: string, file?: string) {
  const [first] = await transform(text, file);
  const [statement] = (first as MdxjsEsm).data?.estree?.body ?? [];
  if (statement?.type !== 'ImportDeclaration') throw new Error('no import');
  const request = String(statement.source.value);
  const [, query = '', resource] =
    /^!!.*loader\.cjs\?(.*)!(.*)$/.exec(request) ?? [];
  return { query: Object.fromEntries(new URLSearchParams(query)), resource };
}

const clock = '```ts example="shared/clock.ts" region="now"\n```';

describe('a fence that names an example', () => {
  test('imports the example through the loader, and shows it', async () => {
    const [imported, shown] = await transform(clock);
    expect(imported).toMatchObject({ type: 'mdxjsEsm' });
    expect(shown).toMatchObject({
      type: 'mdxJsxFlowElement',
      name: 'Snippet',
      attributes: [
        { name: 'island' },
        { name: 'example', value: 'shared/clock.ts' },
        { name: 'region', value: 'now' },
        { name: 'language', value: 'TypeScript' },
      ],
    });
  });

  test('is rebuilt with the example, and says where it stands', async () => {
    expect(await importOf(`Text.\n\n${clock}`)).toEqual({
      query: {
        lang: 'ts',
        meta: 'example="shared/clock.ts" region="now"',
        value: '',
        page: 'docs/start/one.mdx',
        line: '3',
        locale: 'en',
      },
      resource: path.join(siteDir, 'examples/shared/clock.ts'),
    });
  });

  test('is shown in the language that its page is written in', async () => {
    const file = 'i18n/ja/docusaurus-plugin-content-docs/current/start/one.mdx';
    const { query } = await importOf(clock, file);
    expect(query).toMatchObject({ locale: 'ja', page: file });
  });

  test('may stand inside of other things', async () => {
    const [, component] = await transform(
      `<BeforeAfter>\n\n${clock}\n\n${clock}\n\n</BeforeAfter>`,
    ).then((children) => children.slice(1));
    const { children } = component as MdxJsxFlowElement;
    expect(children).toMatchObject([{ name: 'Snippet' }, { name: 'Snippet' }]);
  });
});

describe('a fence with code of its own', () => {
  test('hands the code to the loader, whatever is in it', async () => {
    const code = 'echo "a!b?c&d=e" # 100% + {x} \\ ü';
    expect(await importOf(`\`\`\`bash title="A"\n${code}\n\`\`\``)).toEqual({
      query: expect.objectContaining({ lang: 'bash', value: code }),
      resource: path.join(siteDir, 'docs/start/one.mdx'),
    });
  });

  test('is left alone when it is a diagram', async () => {
    const [diagram] = await transform('```mermaid\nflowchart LR\n```');
    expect(diagram).toMatchObject({ type: 'code', lang: 'mermaid' });
  });
});

describe('an error names the page and the line', () => {
  test('of an example that is not there, with the nearest first', async () => {
    await expect(
      transform('Text.\n\n```ts example="shared/clok.ts"\n```'),
    ).rejects.toThrow(
      'docs/start/one.mdx:3: no example "shared/clok.ts"; the nearest are shared/clock.ts',
    );
  });

  test('of code that must be tested, and is not', async () => {
    await expect(transform('```ts\nnow();\n```')).rejects.toThrow(
      'docs/start/one.mdx:1: expected example="…" or static="the reason", since TypeScript on a page is compiled and run',
    );
  });

  test('of a fence that cannot be understood', async () => {
    await expect(
      transform('```ts exmple="shared/clock.ts"\n```'),
    ).rejects.toThrow('docs/start/one.mdx:1: unknown attribute "exmple"');
  });
});
