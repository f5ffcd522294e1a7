import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  common,
  commonHelpers,
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

test('the framework still imports its common helpers where they are replaced', async () => {
  const used = [
    'core/lib/client/exports/Link.js',
    'core/lib/client/theme-fallback/Error/index.js',
    'theme-classic/lib/theme/SiteMetadata/index.js',
    'theme-common/lib/utils/errorBoundaryUtils.js',
    'theme-common/lib/utils/useAlternatePageUtils.js',
  ].flatMap((file) => namesImported(file, commonHelpers));
  expect(Object.keys(await import('./utils-common.ts'))).toEqual(
    [...new Set(used)].sort(),
  );
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

/** What a file of the framework imports by name from a package. */
function namesImported(file: string, from: string): string[] {
  const core = path.dirname(resolve('@docusaurus/core/package.json'));
  const source = fs.readFileSync(path.join(core, '..', file), 'utf8');
  return Array.from(source.matchAll(/import \{([^}]*)\} from '([^']+)'/g))
    .filter(([, , name]) => name === from)
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.trim());
}
