/** What two changes of one key come to: three forms. */

// #region forms
/** `later` is all that there is to know. */
export function lastValue<V>(_earlier: V, later: V): V {
  return later;
}

/** Each field has the last value that it was given. */
export function mergedFields<T extends object>(
  earlier: Partial<T>,
  later: Partial<T>,
): Partial<T> {
  return { ...earlier, ...later };
}

/** Nothing is replaced: both count. */
export function addedCounts(earlier: number, later: number): number {
  return earlier + later;
}
// #endregion forms
