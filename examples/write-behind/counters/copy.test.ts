import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const examples = join(import.meta.dirname, '../..');

/** The file, and those that it imports, with those that they import. */
function withImports(file: string): Set<string> {
  const found = new Set([file]);
  for (const path of found) {
    const text = readFileSync(join(examples, path), 'utf8');
    for (const [, imported = ''] of text.matchAll(/ from '(\.[^']+)'/g)) {
      found.add(normalize(join(dirname(path), imported)));
    }
  }
  return found;
}

/** What the commands of the page copy, from `examples/`, folders kept. */
function copied(): string[] {
  const page = join(examples, '../docs/write-behind/counters.mdx');
  const text = readFileSync(page, 'utf8').replaceAll(/\\\n */g, '');
  const commands = text.matchAll(
    /^cp examples\/(\S+)\/(\S+)\.ts your-project\/(\S+)\/$/gm,
  );
  return [...commands].flatMap(([, folder = '', names = '', target]) => {
    expect(target).toBe(folder);
    return names
      .replaceAll(/[{}]/g, '')
      .split(',')
      .map((name) => `${folder}/${name}.ts`);
  });
}

test('the page copies all files of the counters, and no others', () => {
  const needed = withImports('write-behind/counters/write-behind-counters.ts');
  expect(copied().sort()).toEqual([...needed].sort());
});
