import { expect, test } from 'vitest';
import { parsePage } from '../mdx/page.ts';
import { sourceLocale } from '../site.ts';
import { reportOn } from './report.ts';
import { gatherSources } from './sources.ts';

const examples = new Map([
  ['shared/one.ts', 'export const one = 1;\n'],
  ['shared/one.test.ts', "import { one } from './one.ts';\n"],
]);

async function report(text: string) {
  const page = await parsePage({
    id: 'start/one',
    locale: sourceLocale,
    file: 'docs/start/one.mdx',
    text: `---\ntitle: One\ndescription: One.\n---\n\n${text}`,
  });
  return reportOn(gatherSources([page], examples));
}

const sourced = '```ts example="shared/one.ts"\n```\n';
const fragment = '```ts static="wrong on purpose"\none = 2;\n```\n';
const bare = '```ts\none();\ntwo();\n```\n';

test('a page whose code is all from examples has a share of 100 %', async () => {
  expect(await report(sourced)).toEqual({
    ok: true,
    text: [
      'code that is typed into a page and must be tested: none',
      '',
      'language      lines  from examples',
      'TypeScript        1              1',
      '',
      'share of code lines that come from tested source: 100.0 % (1 of 1 lines)',
      '',
      '1 pages checked, 0 to mend',
    ].join('\n'),
  });
});

test('code that is typed in lowers the share, and is listed', async () => {
  const { ok, text } = await report(`${sourced}\n${fragment}\n${bare}`);
  expect(ok).toBe(false);
  expect(text).toContain('25.0 % (1 of 4 lines)');
  expect(text).toContain('must be tested: 2\n');
  expect(text).toContain('docs/start/one.mdx:9  wrong on purpose');
  expect(text).toContain('docs/start/one.mdx:13  gives no reason');
});

test('commands and their answers do not count as code to be tested', async () => {
  const { ok, text } = await report('```bash\nnpm start\n```\n');
  expect(ok).toBe(true);
  expect(text).toContain('100.0 % (0 of 0 lines)');
  expect(text).toMatch(/Bash +1 +0/);
});

test('findings come first, and each says how to mend it', async () => {
  const { text } = await report('# One\n');
  expect(text).toMatch(
    /^docs\/start\/one\.mdx:6 {2}the heading "One" has no explicit id {2}\[explicit-anchor\]\n {4}mend: /,
  );
});
