import type { SharedCache } from '../../shared/shared-cache.ts';
import type { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';

/** What the shared cache has must be the last word, since it is asked first. */
export class NaiveRedisFirst<V> {
  readonly #cache: SharedCache<string, V>;
  readonly #behind: WriteBehindCache<string, V>;

  constructor(
    cache: SharedCache<string, V>,
    behind: WriteBehindCache<string, V>,
  ) {
    this.#cache = cache;
    this.#behind = behind;
  }

  // #region get
  async get(key: string): Promise<V | undefined> {
    // #region bug
    const row = await this.#cache.get(key);
    if (row !== undefined) return row.value;
    // #endregion bug
    return this.#behind.get(key);
  }
  // #endregion get
}
