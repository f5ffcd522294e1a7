import type { Clock } from '../../shared/clock.ts';

export interface DoubtsOptions {
  readonly clock: Clock;
  /** Milliseconds after which no entry of the cache is as old as a doubt. */
  readonly ttlMs: number;
  /** Keys. If there are more, each key is in doubt. */
  readonly maxKeys: number;
}

/** The keys of which a cache may hold something older than the database. */
export class Doubts {
  readonly #options: DoubtsOptions;
  /** The oldest first. */
  readonly #keys = new Map<string, Doubt>();
  #allUntil = -Infinity;

  constructor(options: DoubtsOptions) {
    this.#options = options;
  }

  // #region add
  /** The cache has missed this version, or nobody knows. */
  add(key: string, version: number): void {
    const { clock, ttlMs, maxKeys } = this.#options;
    const until = clock.now() + ttlMs;
    const before = this.#keys.get(key)?.version ?? 0;
    this.#keys.delete(key);
    this.#keys.set(key, { version: Math.max(before, version), until });
    if (this.#keys.size <= maxKeys) return;
    this.#keys.clear();
    this.#allUntil = until;
  }
  // #endregion add

  /** The cache has this version, or a later one. */
  end(key: string, version: number): void {
    const doubt = this.#keys.get(key);
    if (doubt !== undefined && doubt.version <= version) this.#keys.delete(key);
  }

  /** The cache has what the database had after this doubt began. */
  settle(key: string, doubt: Doubt | undefined): void {
    if (this.#keys.get(key) === doubt) this.#keys.delete(key);
  }

  find(key: string): Doubt | undefined {
    const doubt = this.#keys.get(key);
    const isOver =
      doubt !== undefined && doubt.until <= this.#options.clock.now();
    if (isOver) this.#keys.delete(key);
    return isOver ? undefined : doubt;
  }

  has(key: string): boolean {
    const isAll = this.#options.clock.now() < this.#allUntil;
    return isAll || this.find(key) !== undefined;
  }

  /** Those that are known by name. */
  keys(): readonly string[] {
    return [...this.#keys.keys()];
  }
}

/** One that follows another of its key is another object. */
export interface Doubt {
  readonly version: number;
  readonly until: number;
}
