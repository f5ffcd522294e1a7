import { describe, expect, it } from 'vitest';
import type { Locale } from '../site.ts';
import { figuresIn, spelledOut } from './figures.ts';

describe('a figure is read in the notation of its language', () => {
  it.each<[Locale, string, string[][]]>([
    ['en', '1,000 rows in 0.8 s', [['1000'], ['0.8']]],
    ['ja', '1,000行を0.8秒で', [['1000'], ['0.8']]],
    ['vi', '10.000 hàng trong 0,8 giây', [['10000', '10.000'], ['0.8']]],
    ['vi', '10,000 hàng', [['10.000', '10000']]],
    ['en', '10 million', [['10000000']]],
    ['ja', '1000万', [['10000000']]],
    ['vi', '10 triệu', [['10000000']]],
    ['ja', '１２ミリ秒', [['12']]],
    ['en', 'Node 20.19, 22 and 24.', [['20.19'], ['22'], ['24']]],
    ['vi', 'Node 20.19', [['20.19']]],
    ['en', 'version 3.10.2', [['3.10.2']]],
    ['ja', '2026年07月1日', [['2026'], ['7'], ['1']]],
    ['en', 'P1 to P12', [['P1'], ['P12']]],
    ['ja', 'P1からP12まで', [['P1'], ['P12']]],
    ['en', 'a 25× gain, 43 %', [['25'], ['43']]],
    ['en', 'no figure', []],
  ])('%s: %s', (locale, text, readings) => {
    expect(figuresIn(text, locale).map((figure) => figure.readings)).toEqual(
      readings,
    );
  });
});

it('knows the figures that an English text spells out', () => {
  const figures = spelledOut('Three price changes, twice. Hundreds of rows.');
  expect([...figures].sort()).toEqual(['1', '100', '2', '3']);
});
