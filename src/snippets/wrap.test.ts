import { describe, expect, test } from 'vitest';
import { displayWidth, wrap } from './wrap.ts';

test('a Japanese character takes two columns, a Vietnamese one takes one', () => {
  expect(displayWidth('書き込み')).toBe(8);
  expect(displayWidth('ghi xuống')).toBe(9);
});

describe('wrapped text', () => {
  test('breaks at spaces, and never inside of a word', () => {
    expect(wrap('write-behind caches', 8)).toEqual(['write-behind', 'caches']);
  });

  test('hangs a list item from its bullet', () => {
    expect(wrap('- one two three', 9)).toEqual(['- one two', '  three']);
    expect(wrap('1. one two', 6)).toEqual(['1. one', '   two']);
  });

  test('leaves code blocks alone', () => {
    const text = '```ts\nrun(one, two, three);\n```\none two';
    expect(wrap(text, 5)).toEqual([
      '```ts',
      'run(one, two, three);',
      '```',
      'one',
      'two',
    ]);
  });

  test('keeps its paragraphs', () => {
    expect(wrap('one\n\ntwo', 80)).toEqual(['one', '', 'two']);
  });
});

describe('wrapped Japanese', () => {
  const text =
    'キャッシュは、書き込みを「すぐに」確認応答し、あとでデータベースに書きます。';

  test.each([10, 14, 18, 22, 26, 30])(
    'begins no line with what cannot begin one, and ends none with a bracket, at %i columns',
    (width) => {
      const lines = wrap(text, width);
      expect(lines.join('')).toBe(text);
      for (const line of lines) {
        expect(line).not.toMatch(/^[、。」）ーっゃゅょ]/);
        expect(line).not.toMatch(/[「（]$/);
      }
    },
  );

  test('keeps names from code whole', () => {
    expect(wrap('値はflush()の前にある', 10)).toEqual([
      '値は',
      'flush()の',
      '前にある',
    ]);
  });
});
