import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findExample, listExamples, nearestFirst } from './example-names.mjs';

const names = [
  'pitfalls/lost-batch/broken',
  'pitfalls/lost-batch/fixed',
  'strategies/write-behind/after',
  'strategies/write-behind/before',
  'strategies/write-through/after',
  'strategies/write-through/before',
  'write-behind/coalescing/after',
];

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

describe('an example is found', () => {
  test.each([
    'strategies/write-behind/after',
    'strategies/write-behind/after.ts',
    'examples/strategies/write-behind/after.ts',
    './examples/strategies/write-behind/after',
    'examples\\strategies\\write-behind\\after.ts',
  ])('as %s', (asked) => {
    expect(findExample(asked, names)).toBe('strategies/write-behind/after');
  });

  test.each(['', 'after', 'strategies/write-behind', 'strategies/write/after'])(
    'but not as "%s"',
    (asked) => {
      expect(findExample(asked, names)).toBeUndefined();
    },
  );
});

describe('what was most likely meant comes first', () => {
  test.each([
    ['strategies/write-behnd/after', ['strategies/write-behind/after']],
    [
      'strategies/write-behind',
      ['strategies/write-behind/after', 'strategies/write-behind/before'],
    ],
    [
      './examples/strategies/write-trough',
      ['strategies/write-through/after', 'strategies/write-through/before'],
    ],
    ['write-behind/after', ['strategies/write-behind/after']],
    ['coalescing', ['write-behind/coalescing/after']],
    ['brocken.ts', ['pitfalls/lost-batch/broken']],
    ['lost-batch/fixed', ['pitfalls/lost-batch/fixed']],
    [
      'before',
      ['strategies/write-behind/before', 'strategies/write-through/before'],
    ],
    [
      'write-behind',
      [
        'strategies/write-behind/after',
        'write-behind/coalescing/after',
        'strategies/write-behind/before',
      ],
    ],
  ])('for "%s"', (asked, first) => {
    expect(nearestFirst(asked, names).slice(0, first.length)).toEqual(first);
  });

  test('and no name is left out', () => {
    expect(nearestFirst('nothing/like/this/at/all', names).sort()).toEqual(
      names,
    );
  });
});
