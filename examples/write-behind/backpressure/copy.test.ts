import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const examples = join(import.meta.dirname, '../..');
const folder = 'write-behind/backpressure';

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

test('the page names all files that its modules need, and no others', () => {
  const page = readFileSync(join(examples, `../docs/${folder}.mdx`), 'utf8');
  const copied = [
    ...page
      .replaceAll(/\\\n */g, '')
      .matchAll(/^cp examples\/(\S+) your-project\/(\S+)\/$/gm),
  ].flatMap(([, source = '', target = '']) => {
    expect(dirname(source)).toBe(target);
    const [, before = '', names = '', after = ''] =
      source.match(/^(.*)\{(.*)\}(.*)$/) ?? [];
    return names === ''
      ? [source]
      : names.split(',').map((name) => before + name + after);
  });
  const modules = ['load-shedder', 'plan-queue', 'retry-after', 'unavailable'];
  const needed = withImports(...modules.map((name) => `${folder}/${name}.ts`));
  expect(copied.sort()).toEqual([...needed].sort());
});
