import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { common, prefetchHelper, prismLanguages } from './plugin.ts';

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
