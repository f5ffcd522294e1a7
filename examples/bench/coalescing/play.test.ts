import { describe, expect, test } from 'vitest';
import { forms, playCache, stage } from './play.ts';
import { keyCount, sharesOf, skews, type Write, writesOf } from './skews.ts';

/** `'1/3'` changes the third field of the first product. */
function writes(...lines: readonly string[]): Write[] {
  return lines.map((line) => {
    const [rank, field] = line.split('/');
    return { key: `product:${rank}`, field: Number(field) };
  });
}

const never = keyCount + 1;

describe('by hand, with a write every 2 ms', () => {
  test('what comes within a window is one row a key', async () => {
    const setting = { windowMs: 5, maxBatchSize: never };
    // Two windows: at 0, 2 and 4 ms; then at 6 and 8 ms.
    const played = await playCache(
      writes('1/1', '1/1', '2/1', '1/1', '1/1'),
      setting,
    );
    expect(played).toEqual({ writes: 5, rows: 3, mostUnstored: 5 });
  });

  test('a full batch does not wait for the window to end', async () => {
    const setting = { windowMs: 1000, maxBatchSize: 2 };
    // Full at 4 ms and, the first two being on their way, at 8 ms.
    const played = await playCache(
      writes('1/1', '1/1', '2/1', '3/1', '4/1'),
      setting,
    );
    expect(played).toEqual({ writes: 5, rows: 4, mostUnstored: 5 });
  });

  test('what has arrived is at no risk', async () => {
    const setting = { windowMs: 2, maxBatchSize: never };
    const many = writes(...Array.from({ length: 200 }, () => '1/1'));
    const { mostUnstored } = await playCache(many, setting);
    // What came during one write is under way while as much comes again.
    expect(mostUnstored).toBe(2 * (stage.writeMs / stage.everyMs));
  });

  test('the forms send all fields, those that changed, or a count', async () => {
    const five = writes('1/1', '1/2', '1/1', '2/8', '2/8');
    expect(await forms['last-value'](five, 100)).toEqual({
      rows: 2,
      values: 16,
    });
    expect(await forms['merged-fields'](five, 100)).toEqual({
      rows: 2,
      values: 3,
    });
    expect(await forms['added-counts'](five, 100)).toEqual({
      rows: 2,
      values: 2,
    });
  });
});

test('the three forms save the same rows', async () => {
  const [, , skew = { name: 'none', exponent: 0 }] = skews;
  const many = writesOf(skew, 2000);
  const rows: number[] = [];
  for (const play of Object.values(forms)) {
    rows.push((await play(many, 500)).rows);
  }
  expect(new Set(rows).size).toBe(1);
});

/** Of n writes, a key with the share p is missing with (1 - p)^n. */
test.each(skews)('$name saves what the theory says', async (skew) => {
  const windowMs = 1000;
  const many = writesOf(skew, 10_000);
  const { rows } = await playCache(many, { windowMs, maxBatchSize: never });
  const inWindow = windowMs / stage.everyMs;
  const distinct = sharesOf(skew).reduce(
    (sum, share) => sum + 1 - (1 - share) ** inWindow,
    0,
  );
  expect(rows / many.length / (distinct / inWindow)).toBeGreaterThan(0.97);
  expect(rows / many.length / (distinct / inWindow)).toBeLessThan(1.03);
});
