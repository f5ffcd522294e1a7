/** The middle of the samples: half of them are at most as large. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** The range that holds the middle half of the samples. */
export interface Spread {
  readonly from: number;
  readonly to: number;
}

export function spread(samples: readonly number[]): Spread {
  return { from: quantile(samples, 0.25), to: quantile(samples, 0.75) };
}

/** Between two samples it is as far from each as the share says. */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('there are no samples');
  const sorted = samples.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const [below = 0, above = below] = sorted.slice(Math.floor(position));
  return below + (above - below) * (position % 1);
}
