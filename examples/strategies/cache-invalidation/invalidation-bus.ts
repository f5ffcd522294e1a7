/** Tells all processes what has happened, as Redis or PostgreSQL does. */
export interface Bus<E> {
  /** Resolves once the bus has the event. It may get lost even then. */
  publish(event: E): Promise<void>;
  /**
   * Hears what is published from now on, also by this process: late, in another
   * order, twice, or never. Returns what ends it.
   */
  subscribe(listener: (event: E) => void): () => void;
}

// #region event
/** What is older than the version is untrue by now; without one, all is. */
export type News<K> =
  | { readonly type: 'key'; readonly key: K; readonly version?: number }
  | { readonly type: 'tag'; readonly tag: string; readonly version: number };

/** With the cache that published it, which knows it already. */
export type Invalidation<K> = News<K> & { readonly from: string };

export type InvalidationBus<K> = Bus<Invalidation<K>>;
// #endregion event
