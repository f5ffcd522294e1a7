import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const examples = join(import.meta.dirname, '..');

/** What the commands of a page copy, from `examples/`, folders kept. */
function copiedBy(page: string): string[] {
  const text = readFileSync(
    join(examples, `../docs/strategies/${page}.mdx`),
    'utf8',
  );
  const copies = text
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

/** The files, and those that they import, with those that they import. */
function withImports(...files: readonly string[]): Set<string> {
  const found = new Set(files);
  for (const file of found) {
    const text = readFileSync(join(examples, file), 'utf8');
    for (const [, path = ''] of text.matchAll(/ from '(\.[^']+)'/g)) {
      found.add(normalize(join(dirname(file), path)));
    }
  }
  return found;
}

test.each([
  ['cache-aside', 'cache-aside'],
  ['cache-invalidation', 'tagged-cache'],
  ['read-through', 'read-through-with-writes'],
  ['write-around', 'write-around-cache'],
  ['write-through', 'write-through-cache'],
])('the page %s names all files of %s, and no others', (page, name) => {
  const needed = withImports(`strategies/${page}/${name}.ts`);
  expect(copiedBy(page).sort()).toEqual([...needed].sort());
});
