import { expect, test } from 'vitest';
import { headingsOf, parsePage } from './page.ts';

function page(text: string) {
  return parsePage({ id: 'a', locale: 'en', file: 'docs/a.mdx', text });
}

test('a heading has its id, its text without it, and its line', async () => {
  const { frontMatter, ...parsed } = await page(
    '---\ntitle: A\n---\n\n# One `two` {#one}\n\n## Three\n',
  );
  expect(frontMatter).toEqual({ title: 'A' });
  expect(headingsOf({ frontMatter, ...parsed })).toEqual([
    { depth: 1, id: 'one', text: 'One two', line: 5 },
    { depth: 2, id: undefined, text: 'Three', line: 7 },
  ]);
});

test('a page that cannot be parsed is named, with the line', async () => {
  await expect(page('One.\n\n<Open>\n')).rejects.toThrow(
    'docs/a.mdx: Expected a closing tag for `<Open>` (3:1-3:7)',
  );
  await expect(page('One.\n\n{two three}\n')).rejects.toThrow(
    'docs/a.mdx:3: Could not parse expression with acorn',
  );
});
