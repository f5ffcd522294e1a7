import type { Row } from '../../shared/table.ts';

/** What the two sides have of a key. Undefined: they know nothing of it. */
export interface Pair<V> {
  readonly cache: Row<V> | undefined;
  readonly store: Row<V> | undefined;
}

export type DriftKind =
  | 'value-differs'
  | 'missing-in-store'
  | 'missing-in-cache'
  | 'deleted-in-store'
  | 'deleted-in-cache';

export interface Drift<V> extends Pair<V> {
  readonly key: string;
  readonly kind: DriftKind;
}

/** Names the side that the other one shall be like. Undefined: neither. */
export type Decide<V> = (drift: Drift<V>) => 'cache' | 'store' | undefined;

// #region newest-wins
/** A side that knows nothing has never heard of what the other one knows. */
export function newestWins<V>({ cache, store }: Drift<V>) {
  const cached = cache?.version ?? -1;
  const stored = store?.version ?? -1;
  if (cached === stored) return undefined;
  return cached > stored ? 'cache' : 'store';
}
// #endregion newest-wins

// #region kinds
/** Undefined where both say the same. Versions do not count: nobody reads them. */
export function driftKindOf<V>(
  { cache, store }: Pair<V>,
  isEqual: (a: V, b: V) => boolean,
): DriftKind | undefined {
  const cached = cache?.value;
  const stored = store?.value;
  if (cached !== undefined && stored !== undefined) {
    return isEqual(cached, stored) ? undefined : 'value-differs';
  }
  if (cached !== undefined) {
    return store === undefined ? 'missing-in-store' : 'deleted-in-store';
  }
  if (stored !== undefined) {
    return cache === undefined ? 'missing-in-cache' : 'deleted-in-cache';
  }
  return undefined;
}
// #endregion kinds
