import { describe, expect, test } from 'vitest';
import { isBare, readFence } from './fence.ts';

function fence(lang: string | null, meta: string | null = null, value = '') {
  return readFence({ lang, meta, value });
}

describe('a fence that names an example', () => {
  test('says what to show of it', () => {
    const read = fence(
      'ts',
      'example="shared/clock.ts" region="clock" focus="now" highlight="a, b" hide="c" title="A clock"',
    );
    expect(read).toMatchObject({
      kind: 'example',
      language: { name: 'ts' },
      example: 'shared/clock.ts',
      region: 'clock',
      focus: ['now'],
      highlight: ['a', 'b'],
      hide: ['c'],
      title: 'A clock',
    });
  });

  test('shows the whole file when it names no region', () => {
    expect(fence('ts', 'example="shared/clock.ts"')).not.toHaveProperty(
      'region',
    );
  });

  test('may call its language by another name', () => {
    expect(fence('typescript', 'example="a.ts"').language.name).toBe('ts');
  });

  test('must be empty', () => {
    expect(() => fence('ts', 'example="a.ts"', 'const a = 1;')).toThrow(
      'expected a fence with example="…" to be empty, and found code in it',
    );
  });

  test("must be in the example's language", () => {
    expect(() => fence('text', 'example="a.ts"')).toThrow(
      'expected the language of a.ts, ts, and found text',
    );
  });

  test('cannot be static as well', () => {
    expect(() => fence('ts', 'example="a.ts" static="why"')).toThrow(
      'expected either example="…" or static="…", and found both',
    );
  });
});

describe('a fence with code of its own', () => {
  test('has a language, and may have a title', () => {
    expect(fence('bash', 'title="Start"', 'npm start')).toMatchObject({
      kind: 'inline',
      language: { name: 'bash' },
      code: 'npm start',
      title: 'Start',
    });
  });

  test('is plain text when it names no language', () => {
    expect(fence(null).language.name).toBe('text');
  });

  test('is bare when its language is one that must be tested', () => {
    expect(isBare(fence('ts', null, 'let a;'))).toBe(true);
    expect(isBare(fence('javascript', null, 'let a;'))).toBe(true);
    expect(isBare(fence('bash', null, 'ls'))).toBe(false);
  });

  test('is not bare when it says why it is not tested', () => {
    expect(isBare(fence('ts', 'static="wrong on purpose"'))).toBe(false);
  });

  test('may show the id of a heading, which the site escapes', () => {
    const code = '# Title \\{#title}\n## Other {#other}\nText \\{#text}';
    expect(fence('text', null, code)).toMatchObject({
      code: '# Title {#title}\n## Other {#other}\nText \\{#text}',
    });
  });

  test('has no regions', () => {
    expect(() => fence('bash', 'region="a"')).toThrow(
      'expected example="…" beside region="…"',
    );
  });
});

describe('a fence that cannot be understood', () => {
  test('names an unknown attribute, and is told the nearest first', () => {
    expect(() => fence('ts', 'exmple="a.ts"')).toThrow(
      'unknown attribute "exmple"; expected one of example, ',
    );
  });

  test('says something twice', () => {
    expect(() => fence('ts', 'example="a.ts" example="b.ts"')).toThrow(
      'expected example="…" once, and found it twice',
    );
  });

  test('says nothing', () => {
    expect(() => fence('ts', 'example="a.ts" region=" "')).toThrow(
      'expected region="…" to say something',
    );
  });

  test('has line numbers or other things behind its language', () => {
    expect(() => fence('ts', '{1,3} showLineNumbers title="a"')).toThrow(
      'expected name="value" pairs after the language, and found {1,3} showLineNumbers',
    );
  });

  test('is in an unknown language, and is told the nearest first', () => {
    expect(() => fence('yamll')).toThrow(
      'unknown language "yamll"; expected one of yaml, ',
    );
  });
});
