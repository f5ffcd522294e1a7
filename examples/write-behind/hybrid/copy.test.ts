import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const examples = join(import.meta.dirname, '../..');

function copiedByThePage(): string[] {
  const page = join(examples, '../docs/write-behind/hybrid.mdx');
  const copies = readFileSync(page, 'utf8')
    .replaceAll(/\\\n */g, '')
    .matchAll(/^cp examples\/(\S+) your-project\/(\S+)\/$/gm);
  return [...copies].flatMap(([, source = '', folder = '']) => {
    expect(dirname(source)).toBe(folder);
    const [, before = '', names, after = ''] =
      source.match(/^(.*)\{(.*)\}(.*)$/) ?? [];
    if (names === undefined) return source;
    return names.split(',').map((name) => before + name + after);
  });
}

function withImports(file: string): Set<string> {
  const found = new Set([file]);
  for (const one of found) {
    const text = readFileSync(join(examples, one), 'utf8');
    for (const [, path = ''] of text.matchAll(/ from '(\.[^']+)'/g)) {
      found.add(normalize(join(dirname(one), path)));
    }
  }
  return found;
}

test('the page names all files of the strategies, and no others', () => {
  const needed = withImports('write-behind/hybrid/strategies.ts');
  expect(copiedByThePage().sort()).toEqual([...needed].sort());
});
