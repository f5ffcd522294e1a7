import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFigure, readResults } from './results.ts';
import { makeSite, results } from './temporary-results.ts';

let siteDir: string;

beforeAll(() => {
  siteDir = makeSite();
});

afterAll(() => fs.rmSync(siteDir, { recursive: true }));

test('the results of a benchmark are read by its name', () => {
  expect(readResults(siteDir, 'cache')).toEqual(results);
});

test('a figure is found by its name', () => {
  expect(findFigure(results, 'ack-1').value).toBe(1.847);
});

describe('what is not there is an error that says what is', () => {
  test('for a figure, the nearest first', () => {
    expect(() => findFigure(results, 'byte-1000')).toThrow(
      'no figure "byte-1000"; there are bytes-1000, ack-1',
    );
  });

  test('for a figure that has the name of what all objects have', () => {
    expect(() => findFigure(results, 'toString')).toThrow(
      'no figure "toString"',
    );
  });

  test('for a benchmark', () => {
    expect(() => readResults(siteDir, 'cach')).toThrow(
      'no benchmark "cach"; there are cache, races',
    );
  });

  test('for a benchmark, where none was ever run', () => {
    expect(() => readResults('/nowhere', 'cache')).toThrow(
      'no benchmark "cache"; there is none at all',
    );
  });
});
