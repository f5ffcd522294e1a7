import { describe, expect, test } from 'vitest';
import { parseRegions, type Selection, selectLines } from './regions.ts';

function source(...lines: string[]) {
  return { file: 'examples/a.ts', text: `${lines.join('\n')}\n` };
}

function shown(lines: string[], selection: Selection) {
  return selectLines(source(...lines), selection).map((line) => line.text);
}

const nested = [
  'import { Clock } from "./clock.ts";',
  '',
  '// #region service',
  '',
  'class Service {',
  '  // #region get',
  '  get(key: string) {',
  '    // #region miss',
  '    return load(key);',
  '    // #endregion miss',
  '  }',
  '  // #endregion get',
  '',
  '  // #region set',
  '  set(key: string) {}',
  '  // #endregion set',
  '}',
  '',
  '// #endregion service',
];

describe('a region', () => {
  test('is shown without its markers and its indentation', () => {
    expect(shown(nested, { region: 'get' })).toEqual([
      'get(key: string) {',
      '  return load(key);',
      '}',
    ]);
  });

  test('is shown without the blank lines at its edges', () => {
    expect(shown(nested, { region: 'service' })).toEqual([
      'class Service {',
      '  get(key: string) {',
      '    return load(key);',
      '  }',
      '',
      '  set(key: string) {}',
      '}',
    ]);
  });

  test('knows the lines of the source', () => {
    const lines = selectLines(source(...nested), { region: 'get' });
    expect(lines.map((line) => line.number)).toEqual([7, 9, 11]);
  });

  test.each([
    ['# #region a', '# #endregion a'],
    ['-- #region a', '-- #endregion a'],
    ['<!-- #region a -->', '<!-- #endregion a -->'],
    ['//#region a', '//#endregion a'],
  ])('is marked by %s as well', (opened, closed) => {
    expect(shown([opened, 'inside', closed], { region: 'a' })).toEqual([
      'inside',
    ]);
  });
});

describe('a whole file', () => {
  test('is shown without markers, and without the gaps that they leave', () => {
    const lines = [
      '// #region a',
      'a();',
      '// #endregion a',
      '',
      '// #region b',
      '',
      'b();',
      '// #endregion b',
    ];
    expect(shown(lines, {})).toEqual(['a();', '', 'b();']);
  });

  test('that has no markers is shown to the letter', () => {
    const output = ['', '  two blank lines follow', '', '', '  end', ''];
    expect(shown(output, {})).toEqual([
      '',
      'two blank lines follow',
      '',
      '',
      'end',
      '',
    ]);
  });

  test('may have the line ends of Windows', () => {
    const text = 'a\r\n// #region b\r\nb\r\n// #endregion b\r\n';
    const lines = selectLines({ file: 'a.ts', text }, { region: 'b' });
    expect(lines.map((line) => line.text)).toEqual(['b']);
  });
});

describe('lines', () => {
  test('outside of the focus are dimmed', () => {
    const lines = selectLines(source(...nested), {
      region: 'get',
      focus: ['miss'],
    });
    expect(lines.map((line) => line.dimmed)).toEqual([true, false, true]);
  });

  test('are all bright when nothing is in focus', () => {
    const lines = selectLines(source(...nested), { region: 'get' });
    expect(lines.some((line) => line.dimmed)).toBe(false);
  });

  test('are highlighted and hidden by the names of regions', () => {
    const lines = selectLines(source(...nested), {
      highlight: ['miss'],
      hide: ['get', 'set'],
    });
    const texts = (kind: 'highlighted' | 'hidden') =>
      lines.filter((line) => line[kind]).map((line) => line.text.trim());
    expect(texts('highlighted')).toEqual(['return load(key);']);
    expect(texts('hidden')).toEqual([
      'get(key: string) {',
      'return load(key);',
      '}',
      'set(key: string) {}',
    ]);
  });
});

describe('an error names the file and the line', () => {
  test('of a region that is not there, with the nearest first', () => {
    expect(() => shown(nested, { region: 'serv' })).toThrow(
      'examples/a.ts:1: no region "serv"; the file has service, ',
    );
  });

  test('of a region in a file that has none', () => {
    expect(() => shown(['a();'], { region: 'a' })).toThrow(
      'examples/a.ts:1: no region "a"; the file has none',
    );
  });

  test('of a region that is there twice', () => {
    const twice = ['// #region a', 'a();', '// #endregion a'];
    expect(() => parseRegions(source(...twice, ...twice))).toThrow(
      'examples/a.ts:4: region "a" is there twice; the first one is opened in line 1',
    );
  });

  test('of a region that is never closed', () => {
    expect(() => parseRegions(source('// #region a', 'a();'))).toThrow(
      'examples/a.ts:1: region "a" is never closed',
    );
  });

  test('of a region that was never opened', () => {
    expect(() => parseRegions(source('a();', '// #endregion a'))).toThrow(
      'examples/a.ts:2: region "a" is closed, and was never opened',
    );
  });

  test('of regions that overlap', () => {
    const lines = ['// #region a', '// #region b', 'b();', '// #endregion a'];
    expect(() => parseRegions(source(...lines))).toThrow(
      'examples/a.ts:4: expected the end of region "b", opened in line 2, and found the end of "a"',
    );
  });

  test('of a region with nothing but other markers in it', () => {
    const lines = ['// #region a', '', '// #endregion a'];
    expect(() => parseRegions(source(...lines))).toThrow(
      'examples/a.ts:1: region "a" is empty',
    );
  });

  test('of a marker that is not alone, or has no name', () => {
    const message = 'expected a marker with a name, alone on its line';
    expect(() => parseRegions(source('a(); // #region a'))).toThrow(
      `examples/a.ts:1: ${message}`,
    );
    expect(() => parseRegions(source('// #endregion'))).toThrow(
      `examples/a.ts:1: ${message}`,
    );
  });

  test('of a focus that is outside of what is shown', () => {
    expect(() => shown(nested, { region: 'get', focus: ['set'] })).toThrow(
      'examples/a.ts:14: region "set" is not inside of region "get"',
    );
  });
});
