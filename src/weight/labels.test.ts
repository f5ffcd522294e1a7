import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bringLabels, type Labels, withoutOurs } from './labels.ts';

const siteDir = path.join(import.meta.dirname, '../..');

const labels: Labels = {
  'dirtyBit.copy.done': 'コピーしました',
  'dirtyBit.copy': 'コピー',
  'theme.NotFound.title': 'ページがありません',
};

test('a component brings the labels that it names, and no others', () => {
  const source = "translate({ id: 'dirtyBit.copy.done', message: 'Copied' })";
  const loaded = bringLabels(source, labels);
  expect(loaded).toContain('"dirtyBit.copy.done":"コピーしました"');
  expect(loaded).not.toContain('"dirtyBit.copy"');
  expect(loaded).not.toContain('theme.NotFound');
  expect(loaded.split('\n')).toHaveLength(1);
  expect(loaded.endsWith(source)).toBe(true);
});

test('a component without labels stays as it is', () => {
  const source = 'export const dirtyBit = 1;';
  expect(bringLabels(source, labels)).toBe(source);
});

test('the file that every page loads keeps the labels of the framework', () => {
  expect(withoutOurs(labels)).toEqual({
    'theme.NotFound.title': 'ページがありません',
  });
});

test('each label of ours is brought by somebody', () => {
  const file = path.join(siteDir, 'i18n/ja/code.json');
  const messages = Object.keys(JSON.parse(fs.readFileSync(file, 'utf8')));
  const sources = sourceFiles(path.join(siteDir, 'src'));
  const ids = messages.filter((id) => withoutOurs({ [id]: id })[id] !== id);
  expect(ids.length).toBeGreaterThan(0);
  const lost = ids.filter(
    (id) =>
      !sources.some((source) => bringLabels(source, { [id]: id }) !== source),
  );
  expect(lost).toEqual([]);
});

/** Those that the bundler may load: tests are not among them. */
function sourceFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
}
