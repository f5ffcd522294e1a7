import { expect, type Locator, type Page, test } from '@playwright/test';
import ts from 'typescript';
import { locales, sourceLocale } from '../src/site.ts';
import { publishedLines } from './published-source.ts';
import { pagesWith } from './sitemap.ts';
import { visit } from './visit.ts';

test.use({
  permissions: ['clipboard-read', 'clipboard-write'],
  // Wide enough for both panes of a comparison.
  viewport: { width: 1600, height: 900 },
});

for (const locale of locales)
  for (const address of pagesWith(locale, /data-example=/))
    test(`what is copied from ${address} is the tested code`, async ({
      page,
      request,
    }) => {
      await visit(page, address);
      for (const snippet of await page.locator('.snippet').all()) {
        const copied = await copy(page, snippet);
        expect(copied).toBe(await snippet.locator('pre').textContent());
        const example = await snippet.getAttribute('data-example');
        if (example === null) continue;
        const region = await snippet.getAttribute('data-region');
        const source = await publishedLines(request, example, region);
        const lines = copied.split('\n').filter((line) => line.trim() !== '');
        if (locale === sourceLocale || !example.endsWith('.ts'))
          expect(lines).toEqual(source);
        else expect(withoutComments(lines)).toBe(withoutComments(source));
      }
    });

async function copy(page: Page, snippet: Locator): Promise<string> {
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await snippet.locator('button.copy').click();
  await expect.poll(clipboard).not.toBe('');
  return clipboard();
}

/** Code without its comments, which are in the language of the page. */
function withoutComments(lines: readonly string[]): string {
  // A method by itself is no program, and its comments would stay in it.
  const code = [lines.join('\n'), `class Shown {\n${lines.join('\n')}\n}`];
  const [statements = '', members = ''] = code.map((text) => {
    const source = ts.createSourceFile('code.ts', text, ts.ScriptTarget.Latest);
    return ts.createPrinter({ removeComments: true }).printFile(source);
  });
  return isMembers(lines) ? members : statements;
}

/** Whether it begins as the members of a class do. */
function isMembers(lines: readonly string[]): boolean {
  const first = lines.find((line) => !/^\s*(\/\*|\*|\/\/)/.test(line)) ?? '';
  return (
    /^(async |get |readonly |static |private )*#?\w+(<.*>)?\(.*\{$/.test(
      first,
    ) && !/^(if|for|while|switch|describe|test|it)\b/.test(first)
  );
}
