import { describe, expect, test } from 'vitest';
import { findComments, tokensOf, translateComments } from './comments.ts';

function source(text: string) {
  return { file: 'examples/a.ts', text };
}

function texts(text: string) {
  return findComments(source(text)).map((comment) => comment.text);
}

/** Wide enough for a file to be formatted at 80 columns. */
const filler = `const filler = '${'x'.repeat(55)}';\n`;

function translated(text: string, translation: string) {
  const result = translateComments(source(filler + text), () => translation);
  return result.slice(filler.length);
}

describe('a unit of translation', () => {
  test('is a run of // lines that stand alone', () => {
    expect(
      texts('// One sentence,\n// two lines.\nrun();\n// Another one.\n'),
    ).toEqual(['One sentence, two lines.', 'Another one.']);
  });

  test('ends where the indentation changes', () => {
    expect(texts('if (a) {\n  // Inner.\n}\n// Outer.\n')).toEqual([
      'Inner.',
      'Outer.',
    ]);
    expect(texts('// Outer.\n  // Inner.\n')).toEqual(['Outer.', 'Inner.']);
  });

  test('is a // behind code, by itself', () => {
    expect(texts('a(); // First.\nb(); // Second.\n// Third.\n')).toEqual([
      'First.',
      'Second.',
      'Third.',
    ]);
  });

  test('is a block, without its stars', () => {
    expect(texts('/**\n * Says it\n * in two lines.\n */\nrun();\n')).toEqual([
      'Says it in two lines.',
    ]);
    expect(texts('run(/* now */ 1);\n')).toEqual(['now']);
  });

  test('keeps paragraphs, list items, tags and code blocks apart', () => {
    const doc = [
      '/**',
      ' * Waits',
      ' * a while:',
      ' *',
      ' * - at most a second,',
      ' *   or less',
      ' * - never more',
      ' *',
      ' * ```ts',
      ' * wait(1,',
      ' *   2);',
      ' * ```',
      ' * @default 1000, in',
      ' * milliseconds',
      ' */',
    ];
    expect(texts(doc.join('\n'))).toEqual([
      [
        'Waits a while:',
        '',
        '- at most a second, or less',
        '- never more',
        '',
        '```ts',
        'wait(1,',
        '  2);',
        '```',
        '@default 1000, in milliseconds',
      ].join('\n'),
    ]);
  });

  test('is never what a machine reads, nor what says nothing', () => {
    const text = [
      '// #region a',
      '// Real.',
      '// #endregion a',
      '// biome-ignore lint/a/b: because',
      '// @ts-expect-error it is wrong',
      '/* ---- */',
      '// 1 + 1',
    ];
    expect(texts(text.join('\n'))).toEqual(['Real.']);
  });

  test('is not what only looks like a comment', () => {
    expect(
      texts(
        `const a = \`// no \${b /* yes */} // no\`;\nconst c = /\\/\\/ no/;\n"// no";\n`,
      ),
    ).toEqual(['yes']);
  });

  test('knows its line', () => {
    const comments = findComments(source('a();\n\n// Two\n// lines.\n'));
    expect(comments.map((comment) => comment.line)).toEqual([3]);
  });
});

describe('a translation', () => {
  test('stands where the comment stood, in its style', () => {
    expect(translated('  // One.\n  run();\n', 'Một.')).toBe(
      '  // Một.\n  run();\n',
    );
    expect(translated('/** One. */\n', 'Một.')).toBe('/** Một. */\n');
    expect(translated('run(/* one */ 1);\n', 'một')).toBe(
      'run(/* một */ 1);\n',
    );
  });

  test('is missing: the comment stays as it is', () => {
    const text = '/** Kept\n    as it is */\n';
    expect(translateComments(source(text), () => undefined)).toBe(text);
  });

  test('is broken at 80 columns', () => {
    const long = 'Mục bẩn không bao giờ bị loại bỏ trước khi được ghi xuống. ';
    expect(translated('  // One.\n', long.repeat(2).trim())).toBe(
      [
        '  // Mục bẩn không bao giờ bị loại bỏ trước khi được ghi xuống. Mục bẩn không',
        '  // bao giờ bị loại bỏ trước khi được ghi xuống.',
        '',
      ].join('\n'),
    );
  });

  test('is broken at 64 columns in a file that is no wider', () => {
    const long = 'Mục bẩn không bao giờ bị loại bỏ trước khi được ghi xuống. ';
    const narrow = translateComments(source('// One.\n'), () =>
      long.repeat(2).trim(),
    );
    expect(narrow).toBe(
      [
        '// Mục bẩn không bao giờ bị loại bỏ trước khi được ghi xuống.',
        '// Mục bẩn không bao giờ bị loại bỏ trước khi được ghi xuống.',
        '',
      ].join('\n'),
    );
  });

  test('in Japanese is broken between words, two columns a character', () => {
    const long =
      'ダーティエントリは、データベースに書き込まれるまで、決して追い出されません。「確認応答」は先に返します。';
    expect(translated('/** One. */\n', long)).toBe(
      [
        '/**',
        ' * ダーティエントリは、データベースに書き込まれるまで、決して追い出されません。',
        ' * 「確認応答」は先に返します。',
        ' */',
        '',
      ].join('\n'),
    );
  });

  test('turns a block of one line into several when it does not fit', () => {
    const lines = translated('  /* One. */\n', 'từ '.repeat(30).trim());
    expect(lines.split('\n').slice(0, 2)).toEqual([
      '  /*',
      `   * ${'từ '.repeat(25).trim()}`,
    ]);
  });

  test('keeps the paragraphs and the list of the comment', () => {
    expect(translated('/**\n * A:\n *\n * - b\n */\n', 'Một:\n\n- hai')).toBe(
      '/**\n * Một:\n *\n * - hai\n */\n',
    );
  });

  test('that does not fit behind its code stands above it', () => {
    const code = `  const total = ${'a + '.repeat(12)}b;`;
    expect(translated(`${code} // Sum.\n`, 'Tổng của tất cả các số.')).toBe(
      `  // Tổng của tất cả các số.\n${code}\n`,
    );
  });

  test('stays behind code that begins inside of a template', () => {
    const code = `const text = \`\n${'long '.repeat(14)}\`;`;
    expect(translated(`${code} // One.\n`, 'Một hai ba bốn năm.')).toBe(
      `${code} // Một hai ba bốn năm.\n`,
    );
  });

  test('changes no token of the code', () => {
    const text = [
      '/** Doc. */',
      'export class A<T> { // Behind.',
      `  #b = /\\/\\*/g; /* Block. */ c = \`\${1 /* Inner. */}\`;`,
      '  // Alone.',
      '}',
    ].join('\n');
    const result = translateComments(source(text), () => '訳'.repeat(60));
    expect(result).not.toBe(text);
    expect(tokensOf(source(result))).toEqual(tokensOf(source(text)));
  });
});
