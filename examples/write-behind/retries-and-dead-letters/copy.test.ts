import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const examples = join(import.meta.dirname, '../..');
const page = 'docs/write-behind/retries-and-dead-letters.mdx';

/** What the commands of the page copy, from `examples/`, folders kept. */
function copied(): string[] {
  const text = readFileSync(join(examples, '..', page), 'utf8');
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
function withImports(...files: readonly string[]): string[] {
  const found = new Set(files);
  for (const file of found) {
    const text = readFileSync(join(examples, file), 'utf8');
    for (const [, path = ''] of text.matchAll(/ from '(\.[^']+)'/g)) {
      found.add(normalize(join(dirname(file), path)));
    }
  }
  return [...found];
}

test('the page names all files that are needed, and no others', () => {
  const folder = 'write-behind/retries-and-dead-letters';
  const needed = withImports(
    `${folder}/dead-letters.ts`,
    `${folder}/file-shelf.ts`,
  );
  expect(copied().sort()).toEqual(needed.sort());
});
