import { EventEmitter, on } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Compiler, rspack, type Stats } from '@rspack/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loaderRequest } from '../mdx/embed.ts';
import type { SnippetQuery } from './loader.ts';

/** A bundler starts, with a highlighter in it, on a machine that may be busy. */
const timeout = 30_000;

let siteDir: string;
let compiler: Compiler | undefined;

beforeEach(() => {
  siteDir = fs.mkdtempSync(path.join(os.tmpdir(), 'loader-'));
  write(
    'examples/a.ts',
    '// #region run\n// Runs.\nrun(1);\n// #endregion run\n',
  );
});

afterEach(async () => {
  if (compiler) await promisify(compiler.close.bind(compiler))();
  fs.rmSync(siteDir, { recursive: true });
});

function write(file: string, text: string) {
  const absolute = path.join(siteDir, file);
  fs.mkdirSync(path.dirname(absolute), { recursive: true });
  fs.writeFileSync(absolute, text);
}

/** A bundle of one snippet, as it stands in line 7 of a page. */
function bundle(query: Partial<SnippetQuery>): Compiler {
  const whole: SnippetQuery = {
    lang: 'ts',
    meta: 'example="a.ts" region="run"',
    value: '',
    page: 'docs/one.mdx',
    line: '7',
    locale: 'en',
    ...query,
  };
  const request = loaderRequest(
    path.join(import.meta.dirname, 'loader.cjs'),
    whole,
    path.join(siteDir, 'examples/a.ts'),
  );
  write(
    'entry.js',
    `import snippet from ${JSON.stringify(request)};\nconsole.log(snippet);\n`,
  );
  compiler = rspack({
    context: siteDir,
    mode: 'development',
    devtool: false,
    target: 'node',
    entry: './entry.js',
    output: { path: path.join(siteDir, 'build') },
  });
  return compiler;
}

function output(): string {
  return fs.readFileSync(path.join(siteDir, 'build/main.js'), 'utf8');
}

async function build(query: Partial<SnippetQuery>): Promise<string[]> {
  const stats = await new Promise<Stats | undefined>((resolve, reject) => {
    bundle(query).run((error, stats) =>
      error ? reject(error) : resolve(stats),
    );
  });
  return stats?.compilation.errors.map(({ message }) => message) ?? [];
}

describe('a snippet in a bundle', { timeout }, () => {
  test('carries its HTML, its height, and whether it folds', async () => {
    expect(await build({})).toEqual([]);
    expect(output()).toContain('"height":2,"folds":false');
    expect(output()).toContain('>run</span>(');
  });

  test('has the comments of the locale', async () => {
    write('i18n/ja/code-comments.json', '{ "a.ts": { "Runs.": "走る。" } }');
    await build({ locale: 'ja' });
    expect(output()).toContain('// 走る。');
  });

  test('may be code of the page, with all kinds of characters', async () => {
    await build({ lang: 'text', meta: '', value: 'a!b?c&d=e + 100% ü\n{x}' });
    expect(output()).toContain('a!b?c&amp;d=e + 100% ü');
  });

  test('that cannot be shown is an error with page, file and line', async () => {
    expect(await build({ meta: 'example="a.ts" region="rum"' })).toEqual([
      expect.stringContaining(
        'docs/one.mdx:7: examples/a.ts:1: no region "rum"; the file has run',
      ),
    ]);
  });
});

describe('while the bundler watches', { timeout }, () => {
  /** Edits, and comes back with the first bundle that has the text. */
  async function bundleWith(text: string, builds: AsyncIterator<unknown>) {
    do await builds.next();
    while (!output().includes(text));
    return output();
  }

  test('an edited example, region or translation is built anew', async () => {
    const events = new EventEmitter();
    const builds = on(events, 'build');
    bundle({ locale: 'ja' }).watch({ aggregateTimeout: 0 }, () =>
      events.emit('build'),
    );
    await builds.next();
    expect(output()).toContain('// Runs.');

    write(
      'examples/a.ts',
      '// #region run\n// Runs.\nwalk();\n// #endregion run\n',
    );
    expect(await bundleWith('walk', builds)).not.toContain('run</span>');

    write('i18n/ja/code-comments.json', '{ "a.ts": { "Runs.": "走る。" } }');
    expect(await bundleWith('走る。', builds)).not.toContain('// Runs.');

    write('i18n/ja/code-comments.json', '{ "a.ts": { "Runs.": "歩く。" } }');
    expect(await bundleWith('歩く。', builds)).not.toContain('走る。');
  });
});
