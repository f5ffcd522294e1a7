import { expect, test } from 'vitest';
import { highlight } from './highlight.ts';
import { findLanguage, languages, plainText } from './languages.ts';

async function kinds(name: string, code: string) {
  const lines = await highlight(code, findLanguage(name) ?? plainText);
  return lines
    .flat()
    .flatMap(({ kind, text }) => (kind ? [`${kind} ${text.trim()}`] : []));
}

test.each([
  ['ts', "const a = 'b'; // c", ['k const', "s 'b'", 'c // c']],
  ['ts', 'new Map<string, 1>()', ['k new', 'f Map', 't string', 'n 1']],
  ['ts', 'class A extends B {}', ['k class', 't A', 'k extends', 't B']],
  ['ts', 'run(null ?? 1 + 2)', ['f run', 'n null', 'n 1', 'n 2']],
  ['js', 'return this.a()', ['k return', 'k this', 'f a']],
  ['tsx', 'const a = <b />', ['k const', 'f b']],
  ['bash', "npm test -- -u 'a' # b", ['f npm', "s 'a'", 'c # b']],
  ['json', '{ "a": true }', ['f "a"', 'n true']],
  ['yaml', 'a: "b"', ['f a', 's "b"']],
  ['sql', "SELECT 'a'", ['k SELECT', "s 'a'"]],
  ['http', 'GET /a HTTP/1.1', ['k GET', 'k HTTP', 'n 1.1']],
  ['diff', '+ a\n- b', ['i + a', 'd - b']],
])('%s: %s', async (language, code, expected) => {
  expect(await kinds(language, code)).toEqual(expected);
});

test('what stands in a template has the colour of code', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code
  expect(await kinds('ts', '`a${b}c`')).toEqual(['s `a', 's c`']);
});

test('plain text has no kinds', async () => {
  expect(await highlight('const a;\nb', plainText)).toEqual([
    [{ text: 'const a;' }],
    [{ text: 'b' }],
  ]);
});

test.each(languages)('$name loses nothing of the code', async (language) => {
  const code = 'a: 1,\n\n  "b" < c && d\t;\n';
  const lines = await highlight(code, language);
  const text = lines.map((line) => line.map((token) => token.text).join(''));
  expect(text.join('\n')).toBe(code);
});
