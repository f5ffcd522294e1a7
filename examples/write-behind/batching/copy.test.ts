import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const examples = join(import.meta.dirname, '../..');

/** What the commands of the page copy, from `examples/`, folders kept. */
function copied(): string[] {
  const page = join(examples, '../docs/write-behind/batching.mdx');
  const copies = readFileSync(page, 'utf8')
    .replaceAll(/\\\n */g, '')
    .matchAll(/^cp examples\/(\S+)\/\{(\S+)\}\.ts your-project\/(\S+)\/$/gm);
  return [...copies].flatMap(([, from = '', names = '', to]) => {
    expect(to).toBe(from);
    return names.split(',').map((name) => `${from}/${name}.ts`);
  });
}

test('the page copies all that the two modules import, and nothing else', () => {
  const needed = new Set([
    'write-behind/batching/adaptive-size.ts',
    'write-behind/batching/batching-store.ts',
  ]);
  for (const file of needed) {
    const text = readFileSync(join(examples, file), 'utf8');
    for (const [, path = ''] of text.matchAll(/ from '(\.[^']+)'/g)) {
      needed.add(normalize(join(dirname(file), path)));
    }
  }
  expect(copied().sort()).toEqual([...needed].sort());
});
