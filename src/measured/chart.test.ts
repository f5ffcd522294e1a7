import { describe, expect, test } from 'vitest';
import { presentChart } from './chart.ts';
import { results, simulated } from './temporary-results.ts';

describe('a chart', () => {
  test('has a row and a column for each name, and all their figures', () => {
    const { columns, rows } = presentChart(simulated, 'ack', 'vi');
    expect(columns).toEqual(['steady', 'bursty']);
    expect(rows).toEqual([
      {
        name: 'here',
        bars: [
          { value: '20,5', unit: 'milliseconds', length: 50 },
          { value: '0', unit: 'milliseconds', length: 0 },
        ],
      },
      {
        name: 'there',
        bars: [
          { value: '41', unit: 'milliseconds', length: 100 },
          { value: '1.230', unit: 'milliseconds', length: 100 },
        ],
      },
    ]);
  });

  test('has bars of the whole where its figures are shares', () => {
    const { rows } = presentChart(simulated, 'hits', 'en');
    expect(rows).toMatchObject([{ bars: [{ value: '25.6%', length: 25.6 }] }]);
  });

  test('has no bar where nothing has a length', () => {
    const figures = {
      'ack/steady/here': figure(0),
      'ack/steady/there': figure(0),
    };
    const { rows } = presentChart({ ...simulated, figures }, 'ack', 'en');
    expect(rows.map(({ bars }) => bars[0]?.length)).toEqual([0, 0]);
  });
});

describe('what is not there is an error that says what is', () => {
  test('for a family, the nearest first', () => {
    expect(() => presentChart(simulated, 'hit', 'en')).toThrow(
      'no family "hit"; there are hits, ack',
    );
  });

  test('for figures that are of no family', () => {
    expect(() => presentChart(results, 'ack-1', 'en')).toThrow(
      'no family "ack-1"; there is none at all',
    );
  });

  test('for one figure of many', () => {
    const { 'ack/bursty/here': _, ...figures } = simulated.figures;
    expect(() => presentChart({ ...simulated, figures }, 'ack', 'en')).toThrow(
      'no figure "ack/bursty/here"',
    );
  });
});

function figure(value: number) {
  return { is: 'it', unit: 'milliseconds', value } as const;
}
