import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { mutantsOf } from './mutants.mjs';

const cart = `
// #region total
export class Cart {
  #sum = 0;

  // What it costs.
  add(price: number): number {
    if (price < 0) return this.#sum;
    // #region addition
    this.#sum += price;
    // #endregion addition
    return this.#sum;
  }
}
// #endregion total

export function isFree(sum: number): boolean {
  return sum === 0;
}
`;

function idsOf(text: string): string[] {
  return mutantsOf(text).map(({ id }) => id);
}

describe('a mutant', () => {
  test('is the module with one mistake', () => {
    const texts = mutantsOf(cart).map(({ text }) => text);
    expect(texts).toContain(cart.replace('+= price', '-= price'));
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('can be parsed', () => {
    for (const { id, text } of mutantsOf(cart)) {
      const { diagnostics } = ts.transpileModule(text, {
        reportDiagnostics: true,
      });
      expect(diagnostics, id).toEqual([]);
    }
  });

  test('tells its place, and the lines before and after', () => {
    expect(mutantsOf(cart)).toContainEqual(
      expect.objectContaining({
        id: 'add: this.#sum += price; → this.#sum -= price;',
        owner: 'add',
        regions: ['total', 'addition'],
        line: 10,
        before: ['    this.#sum += price;'],
        after: ['    this.#sum -= price;'],
      }),
    );
  });

  test('has no line where its statement was', () => {
    const removal = mutantsOf(cart).find(({ id }) =>
      id.endsWith('this.#sum += price; → nothing'),
    );
    expect(removal?.after).toEqual([]);
  });

  test('has nothing of types and imports', () => {
    const types = `import { a } from 'b';
interface C { readonly d: 'e' | 1 }
type F = true;
let g: 'h' | false;`;
    expect(idsOf(types)).toEqual([]);
  });
});

describe('the name of a mutant', () => {
  test('says what is removed, and of which function', () => {
    const ids = idsOf(cart);
    expect(ids).toContain('#sum: #sum = 0; → #sum = 1;');
    expect(ids).toContain('isFree: return sum === 0; → return sum !== 0;');
    expect(ids).toContain('isFree: return sum === 0; → nothing');
  });

  test('stays the same wherever its function stands', () => {
    const moved = `const first = add;\n${cart.replaceAll('\n', '\n\n')}`;
    expect(idsOf(moved)).toEqual(idsOf(cart));
  });

  test('stays the same when comments and line ends change', () => {
    const text = 'function f() {\n  pay(first,\n    second); // now\n}';
    const other = 'function f() {\n  /* later */ pay(first, second);\n}';
    expect(idsOf(text)).toEqual(idsOf(other));
  });

  test('tells mutants of the same words apart', () => {
    const ids = idsOf('function f() {\n  pay();\n  ship();\n  pay();\n}');
    expect(ids).toEqual([
      'f: pay(); → nothing',
      'f: ship(); → nothing',
      'f: pay(); → nothing (2)',
    ]);
  });

  test('names what is asked and gone through, however long the rest is', () => {
    const body = `{ ${'pay();'.repeat(20)} }`;
    expect(idsOf(`function f() { if (isDue) ${body} }`)[0]).toBe(
      'f: if (isDue) → if (true)',
    );
    expect(idsOf(`function f() { for (const one of all) ${body} }`)[0]).toBe(
      'f: for … of all → for … of []',
    );
  });

  test('is cut where it would be too long', () => {
    const [id] = idsOf(`function f() { pay(${'amount,'.repeat(20)}); }`);
    expect(id).toMatch(/^f: pay\((amount,)+ … → nothing$/);
  });
});
