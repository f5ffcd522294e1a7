import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { type Mutator, mutators } from './mutators.mjs';
import { parse } from './tokens.mjs';

/** What one mutator makes of a text. */
function mutate(name: keyof typeof mutators, text: string): string[] {
  const mutator: Mutator = mutators[name];
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    for (const { start, end, replacement } of mutator(node)) {
      found.push(text.slice(0, start) + replacement + text.slice(end));
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(parse(text), visit);
  return found;
}

describe('conditions are always true, or never', () => {
  test.each([
    ['if (a) b();', ['if (true) b();', 'if (false) b();']],
    ['c = a ? 1 : 2;', ['c = true ? 1 : 2;', 'c = false ? 1 : 2;']],
    ['c = a === b;', ['c = true;', 'c = false;']],
    ['while (a) b();', ['while (false) b();']],
    ['for (; a; ) b();', ['for (; false; ) b();']],
    ['c = a > b && d < e;', []],
  ])('%s', (text, expected) => {
    expect(mutate('conditions', text)).toEqual(expected);
  });
});

describe('comparisons are off by one, or the opposite', () => {
  test.each([
    ['a === b;', ['a !== b;']],
    ['a !== b;', ['a === b;']],
    ['a < b;', ['a <= b;', 'a >= b;']],
    ['a <= b;', ['a < b;', 'a > b;']],
    ['a > b;', ['a >= b;', 'a <= b;']],
    ['a >= b;', ['a > b;', 'a < b;']],
  ])('%s', (text, expected) => {
    expect(mutate('comparisons', text)).toEqual(expected);
  });
});

describe('logic loses a side, takes the other word, or loses its not', () => {
  test.each([
    ['a && b;', ['a;', 'b;', 'a || b;']],
    ['a || b;', ['a;', 'b;', 'a && b;']],
    ['a ?? b;', ['a;', 'b;']],
    ['!a;', ['a;']],
    [
      'a || (b && c);',
      ['a;', '(b && c);', 'a && (b && c);', 'a || (b);', 'a || (c);'].concat(
        'a || (b || c);',
      ),
    ],
    [
      'a && b && c;',
      ['a && b;', 'c;', 'a && b || c;', 'a && c;', 'b && c;'].concat(
        '(a || b) && c;',
      ),
    ],
  ])('%s', (text, expected) => {
    expect(mutate('logic', text)).toEqual(expected);
  });
});

describe('arithmetic goes the other way', () => {
  test.each([
    ['a + b;', ['a - b;']],
    ['a - b;', ['a + b;']],
    ['a * b;', ['a / b;']],
    ['a / b;', ['a * b;']],
    ['a ** b;', ['a * b;']],
    ['a * b ** c;', ['a / b ** c;', 'a * (b * c);']],
    ['a += b;', ['a -= b;']],
    ['a -= b;', ['a += b;']],
    ['a ??= b;', ['a = b;']],
    ['-a;', ['a;']],
  ])('%s', (text, expected) => {
    expect(mutate('arithmetic', text)).toEqual(expected);
  });
});

describe('constants are others', () => {
  test.each([
    ['a = 0;', ['a = 1;']],
    ['a = 1_000;', ['a = 999;', 'a = 1001;']],
    ['a += 1;', ['a += 2;']],
    ['a = Infinity;', ['a = 0;']],
    ['a = true;', ['a = false;']],
    ['a = false;', ['a = true;']],
    ["a = 'b';", ["a = '';"]],
    ["a = '';", ["a = 'text';"]],
    [`a = \`b \${c}\`;`, ["a = '';"]],
    ["a = { 'b.c': d };", []],
  ])('%s', (text, expected) => {
    expect(mutate('constants', text)).toEqual(expected);
  });
});

describe('statements are forgotten', () => {
  test.each([
    ['{ a(); b(); }', ['{  b(); }', '{ a();  }']],
    ['() => { return a; };', [';', '() => {  };']],
    ['{ throw a; }', ['{  }']],
    ['for (const a of b) c();', ['for (const a of b) ;']],
    ['for (;;) { break; }', ['for (;;) {  }']],
    ['for (;;) { continue; }', ['for (;;) {  }']],
    ['if (a) b(); else c();', ['if (a) ; else c();', 'if (a) b(); else ;']],
    ['if (a) b();', []],
    ['if (a) { b(); }', []],
    ['if (a) { b(); c(); }', ['if (a) {  c(); }', 'if (a) { b();  }']],
  ])('%s', (text, expected) => {
    expect(mutate('statements', text)).toEqual(expected);
  });
});

describe('the rest of what is easily forgotten', () => {
  test.each([
    ['loops', 'for (const a of b) c();', ['for (const a of []) c();']],
    ['awaits', 'await a();', ['a();']],
    ['awaits', 'const a = await b;', ['const a = b;']],
    ['cleanups', 'try { a } finally { b }', ['try { a } finally {}']],
    ['cleanups', 'try { a } catch { b }', ['try { a } finally {}']],
    [
      'cleanups',
      'try { a } catch { b } finally { c }',
      ['try { a } catch { b }', 'try { a }  finally { c }'],
    ],
    ['calls', 'a.finally(b);', ['a;']],
    ['calls', 'a.catch(b).then(c);', ['a.catch(b);', 'a.then(c);']],
    ['calls', 'a.filter(b);', ['a;']],
    ['calls', 'Math.min(a, b);', ['Math.max(a, b);']],
    ['calls', 'a.every(b);', ['a.some(b);']],
    ['calls', 'a.b(c);', []],
    ['chains', 'a?.b;', ['a.b;']],
    ['chains', 'a?.();', ['a();']],
    ['chains', 'a?.[b];', ['a[b];']],
    ['copies', 'a = [...b];', ['a = b;']],
    ['copies', 'a = [...b, c];', []],
    ['properties', 'a = { b, c: d };', ['a = {  c: d };', 'a = { b,  };']],
    ['properties', 'a = { ...b };', ['a = {  };']],
  ] as const)('%s: %s', (name, text, expected) => {
    expect(mutate(name, text)).toEqual(expected);
  });
});
