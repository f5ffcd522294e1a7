import type { Operation } from '../../shared/store.ts';

type Operations<V> = readonly Operation<string, V>[];

/** The last operation of each key. */
// #region newest
export function newest<V>(operations: Operations<V>): Operations<V> {
  const byKey = operations.map((operation) => {
    return [operation.key, operation] as const;
  });
  return [...new Map(byKey).values()];
}
// #endregion newest

export function isSet({ type }: Operation<string, unknown>): boolean {
  return type === 'set';
}

export function isDelete({ type }: Operation<string, unknown>): boolean {
  return type === 'delete';
}
