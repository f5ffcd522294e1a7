import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findExample, listExamples, nameOf } from './example-names.mjs';

describe('the examples that can be run', () => {
  test('are the files that end in a main guard', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'examples-'));
    onTestFinished(() => fs.rmSync(folder, { recursive: true }));
    const write = (file: string, text: string) => {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    };
    write('b/after.ts', "if (isMain('b/after')) void demo(console.log);\n");
    write('a/demo.ts', "if (isMain('a/demo')) {\n  void demo(print);\n}\n");
    write('b/cache.ts', 'export class Cache {}\n');
    write('b/cache.test.ts', "test('…', () => {\nif (isMain('x')) {}});\n");
    write('node_modules/c/after.ts', "if (isMain('c/after')) void demo();\n");
    expect(listExamples(folder)).toEqual(['a/demo', 'b/after']);
  });
});

describe('an example has one name, however it is asked for', () => {
  test.each([
    'strategies/write-behind/after',
    'strategies/write-behind/after.ts',
    'examples/strategies/write-behind/after.ts',
    './examples/strategies/write-behind/after',
    'examples\\strategies\\write-behind\\after.ts',
  ])('as %s', (asked) => {
    expect(nameOf(asked)).toBe('strategies/write-behind/after');
  });
});

describe('whoever asks for a folder', () => {
  const names = ['a/after', 'a/before', 'b/after', 'b'];

  test('gets what its page ends with', () => {
    expect(findExample('a', names)).toBe('a/after');
    expect(findExample('./examples/a', names)).toBe('a/after');
  });

  test('gets an example of that name rather', () => {
    expect(findExample('b', names)).toBe('b');
    expect(findExample('a/before', names)).toBe('a/before');
    expect(findExample('c', names)).toBe('c');
  });
});
