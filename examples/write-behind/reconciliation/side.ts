import type { Row } from '../../shared/table.ts';

/**
 * One of the two that are compared: a shared cache, or a table. A row without a
 * value says that the key was deleted; undefined, that the side knows nothing.
 */
// #region side
export interface Side<V> {
  /**
   * The next rows, about `limit` of them, from where another page has ended. Of
   * those that come or go during the walk, some may be left out, and any row
   * may come twice.
   */
  page(limit: number, from?: string): Promise<Page<V>>;
  /** The rows of these keys, as they are now. */
  lookUp(keys: readonly string[]): Promise<Rows<V>>;
  /**
   * Puts `row` in the place of `seen`, or forgets the key where there is none.
   * Says whether: not if the key has another version by now. Nobody gets in
   * between the comparison and the change.
   */
  replace(
    key: string,
    seen: Row<V> | undefined,
    row: Row<V> | undefined,
  ): Promise<boolean>;
}

export interface Page<V> {
  readonly rows: Rows<V>;
  /** Where the next page begins. Undefined after the last one. */
  readonly next?: string | undefined;
}

export type Rows<V> = ReadonlyMap<string, Row<V>>;
// #endregion side
