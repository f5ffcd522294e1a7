import { describe, expect, test } from 'vitest';
import {
  bestsellers,
  describeProduct,
  lamp,
  ProductNotFoundError,
  spareParts,
} from './product.ts';

describe('a product is described', () => {
  test('by name and price', async () => {
    const lookup = Promise.resolve(lamp);
    expect(await describeProduct(lookup)).toBe('Desk lamp, $49.00');
  });

  test('by what went wrong where there is none', async () => {
    const missing = Promise.reject(new ProductNotFoundError('sofa'));
    expect(await describeProduct(missing)).toBe('there is no product sofa');
    const failed = Promise.reject('no reason');
    expect(await describeProduct(failed)).toBe('no reason');
  });
});

test('spare parts have ids of their own', () => {
  const ids = [...bestsellers, ...spareParts(50)].map(({ id }) => id);
  expect(new Set(ids).size).toBe(53);
});

test('spare parts are of the category that is asked for', () => {
  const [bulb] = spareParts(1, 'lighting');
  expect(bulb?.category).toBe('lighting');
});
