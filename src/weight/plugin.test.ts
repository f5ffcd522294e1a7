import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  common,
  keepLetters,
  prefetchHelper,
  prismLanguages,
} from './plugin.ts';

const { resolve } = createRequire(import.meta.url);

test('the framework still imports the highlighter where it is cut off', () => {
  expect(fs.readFileSync(resolve(prismLanguages), 'utf8')).toContain(
    'prism-react-renderer',
  );
});

test('the framework still imports the prefetching where it is replaced', () => {
  const core = path.dirname(resolve('@docusaurus/core/package.json'));
  const client = fs.readFileSync(
    path.join(core, 'lib/client/docusaurus.js'),
    'utf8',
  );
  const imported = Array.from(client.matchAll(/from '([^']+)'/g), ([, name]) =>
    String(name),
  );
  expect(imported.filter((name) => prefetchHelper.test(name))).toHaveLength(1);
});

test('only the chunks of pages count for what is common to pages', () => {
  expect(common.chunks({ name: 'content---strategies-write-behind' })).toBe(
    true,
  );
  expect(common.chunks({ name: undefined })).toBe(false);
});

test('the framework still escapes letters where it is told not to', async () => {
  const { getCurrentBundler, getMinimizers } = await import(
    '@docusaurus/bundler'
  );
  const faster = {
    rspackBundler: true,
    swcJsMinimizer: true,
    lightningCssMinimizer: true,
  };
  const siteConfig = { future: { faster } };
  const currentBundler = await getCurrentBundler({
    siteConfig,
  } as Parameters<typeof getCurrentBundler>[0]);
  const minimizers = await getMinimizers({
    faster,
    currentBundler,
  } as Parameters<typeof getMinimizers>[0]);
  expect(JSON.stringify(minimizers)).toContain('"ascii_only":true');
  keepLetters(minimizers);
  expect(JSON.stringify(minimizers)).not.toContain('"ascii_only":true');
});
