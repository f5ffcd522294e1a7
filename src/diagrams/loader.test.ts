import type { LoaderContext } from '@rspack/core';
import { expect, test } from 'vitest';
import load, { type DiagramQuery } from './loader.ts';

const description = 'accTitle: A title\naccDescr: A description';

function bundler(target: 'node' | 'web', body: string) {
  const emitted = new Map<string, string>();
  const dependencies: string[] = [];
  const query: DiagramQuery = {
    source: `flowchart LR\n${description}\n${body}`,
    kind: 'flowchart',
    page: 'docs/strategies/write-behind.mdx',
    line: '62',
  };
  const context: Partial<LoaderContext<DiagramQuery>> = {
    target,
    mode: 'production',
    hot: false,
    getOptions: () => query,
    addDependency: (file: string) => dependencies.push(file),
    emitFile: (file: string, content: string | Buffer) =>
      emitted.set(file, String(content)),
  };
  const answer = load.call(context as LoaderContext<DiagramQuery>);
  return { answer, emitted, dependencies };
}

test('on the server the drawing stands in the page', async () => {
  const { answer, emitted } = bundler('node', 'a --> b');
  expect(await answer).toMatch(/html: "<svg role=\\"img\\"/);
  expect(emitted.size).toBe(0);
});

test('in the browser it is an address, and what keeps its place', async () => {
  const { answer, emitted } = bundler('web', 'a --> b');
  expect(await answer).toMatch(
    /"title":"A title","width":\d+,"height":\d+.*url: __webpack_public_path__/,
  );
  expect(await answer).not.toContain('<svg');
  expect([...emitted.values()]).toEqual([
    expect.stringContaining('<title id="diagram-62-title">A title</title>'),
  ]);
});

test('what cannot be drawn is reported with its line of the page', async () => {
  const { answer } = bundler('web', 'a --> --> b');
  await expect(answer).rejects.toThrow(
    /^docs\/strategies\/write-behind\.mdx:66: Mermaid does not understand/,
  );
});

test('a change of this code is a change of the drawing', async () => {
  const { answer, dependencies } = bundler('node', 'a --> b');
  await answer;
  const has = (name: string) =>
    dependencies.some((file) => file.replaceAll('\\', '/').endsWith(name));
  expect(has('diagrams/draw/edge.ts')).toBe(true);
  expect(has('islands/emit.ts')).toBe(true);
  expect(has('mermaid/package.json')).toBe(true);
  expect(has('.test.ts')).toBe(false);
});
