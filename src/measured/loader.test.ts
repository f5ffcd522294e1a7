import fs from 'node:fs';
import path from 'node:path';
import type { LoaderContext } from '@rspack/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import load, { type MeasuredQuery } from './loader.ts';
import { resultsFile } from './results.ts';
import { makeSite } from './temporary-results.ts';

let siteDir: string;

beforeAll(() => {
  siteDir = makeSite();
});

afterAll(() => fs.rmSync(siteDir, { recursive: true }));

function bundler(wanted: Partial<MeasuredQuery>) {
  const page = 'docs/reference/benchmarks.mdx';
  const query: MeasuredQuery = {
    of: 'cache',
    figure: 'ack-1',
    figures: '',
    page,
    line: '7',
    locale: 'en',
    ...wanted,
  };
  const dependencies: string[] = [];
  const missing: string[] = [];
  const context: Partial<LoaderContext<MeasuredQuery>> = {
    resourcePath: path.join(siteDir, page),
    getOptions: () => query,
    addDependency: (file: string) => dependencies.push(file),
    addMissingDependency: (file: string) => missing.push(file),
  };
  const answer = load.call(context as LoaderContext<MeasuredQuery>);
  return { answer, dependencies, missing };
}

describe('the module of a figure', () => {
  test('has this figure, its conditions, and no other figure', async () => {
    const { answer } = bundler({ locale: 'vi' });
    const [, json = ''] = /^export default (.*);\n$/.exec(await answer) ?? [];
    expect(JSON.parse(json)).toEqual({
      figure: {
        value: '1,8',
        unit: 'ratio',
        rounds: { from: '1,7', to: '2', rounds: '1.234' },
        aim: { is: 'atMost', value: '3', isMet: true },
      },
      conditions: expect.objectContaining({ node: '20.20.2' }),
    });
  });

  test('has the conditions alone where no figure is asked for', async () => {
    const { answer } = bundler({ figure: '' });
    expect(await answer).toContain('"conditions":{"date":"1 March 2026"');
    expect(await answer).not.toContain('"figure"');
  });

  test('has no conditions where it is simulated', async () => {
    const { answer } = bundler({ of: 'races', figure: 'hits/steady/here' });
    expect(await answer).toBe(
      'export default {"figure":{"value":"25.6%","unit":"share"}};\n',
    );
  });

  test('has a chart where one is asked for', async () => {
    const { answer } = bundler({ of: 'races', figure: '', figures: 'hits' });
    expect(await answer).toContain('{"chart":{"columns":["steady"],"rows":[');
  });

  test('is made anew when the results or this code change', async () => {
    const { answer, dependencies } = bundler({});
    await answer;
    expect(dependencies).toContain(resultsFile(siteDir, 'cache'));
    expect(dependencies).toContain(
      path.join(import.meta.dirname, 'present.ts'),
    );
    expect(dependencies.every((file) => fs.existsSync(file))).toBe(true);
  });
});

describe('what is not there fails the build, with page and line', () => {
  test('a figure, with those that there are', async () => {
    const { answer } = bundler({ figure: 'ack-2' });
    await expect(answer).rejects.toThrow(
      'docs/reference/benchmarks.mdx:7: no figure "ack-2"; there are ack-1, bytes-1000',
    );
  });

  test('a family of figures, with those that there are', async () => {
    const { answer } = bundler({ of: 'races', figure: '', figures: 'hit' });
    await expect(answer).rejects.toThrow(
      'docs/reference/benchmarks.mdx:7: no family "hit"; there are hits, ack',
    );
  });

  test('a benchmark, until it is there', async () => {
    const { answer, missing } = bundler({ of: 'casche' });
    await expect(answer).rejects.toThrow(
      'docs/reference/benchmarks.mdx:7: no benchmark "casche"; there are cache, races',
    );
    expect(missing).toEqual([resultsFile(siteDir, 'casche')]);
  });
});
