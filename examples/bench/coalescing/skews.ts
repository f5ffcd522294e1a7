import { Random } from '../../shared/random.ts';

/** How unlike each other the keys are: rank n is n^exponent times less likely. */
export interface Skew {
  readonly name: string;
  readonly exponent: number;
}

export const typical: Skew = { name: 'zipf-1', exponent: 1 };

export const skews: readonly Skew[] = [
  { name: 'uniform', exponent: 0 },
  { name: 'zipf-0.5', exponent: 0.5 },
  typical,
  { name: 'zipf-1.5', exponent: 1.5 },
];

export const keyCount = 1000;

/** How likely each key is, the likeliest first. */
export function sharesOf({ exponent }: Skew): number[] {
  const weights = Array.from(
    { length: keyCount },
    (_, index) => 1 / (index + 1) ** exponent,
  );
  const total = weights.reduce((sum, weight) => sum + weight);
  return weights.map((weight) => weight / total);
}

export interface Write {
  readonly key: string;
  /** The field of the row that it changes. */
  readonly field: number;
}

export const fieldCount = 8;

/** The same ones each time. */
export function writesOf(skew: Skew, count: number): Write[] {
  const random = new Random(1);
  const ends: number[] = [];
  for (const share of sharesOf(skew)) ends.push((ends.at(-1) ?? 0) + share);
  return Array.from({ length: count }, () => {
    const target = random.fraction() * (ends.at(-1) ?? 0);
    return {
      key: `product:${firstAbove(ends, target) + 1}`,
      field: random.between(1, fieldCount),
    };
  });
}

function firstAbove(sorted: readonly number[], target: number): number {
  let from = 0;
  let to = sorted.length - 1;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((sorted[middle] ?? 0) > target) to = middle;
    else from = middle + 1;
  }
  return from;
}
