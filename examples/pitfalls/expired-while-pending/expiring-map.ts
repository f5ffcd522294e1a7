import type { Clock } from '../../shared/clock.ts';

export interface ExpiringMapOptions {
  readonly maxEntries: number;
  readonly clock: Clock;
}

/** Milliseconds: far longer than any flush should take. */
const ttlMs = 60_000;

// #region map
/** Forgets the oldest entry for a new one, and each entry after a minute. */
export class ExpiringMap<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #maxEntries: number;
  readonly #clock: Clock;

  constructor({ maxEntries, clock }: ExpiringMapOptions) {
    this.#maxEntries = maxEntries;
    this.#clock = clock;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.expires > this.#clock.now()) {
      return entry?.value;
    }
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, expires: this.#clock.now() + ttlMs });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxEntries) return;
      this.#entries.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
// #endregion map

interface Entry<T> {
  readonly value: T;
  readonly expires: number;
}
