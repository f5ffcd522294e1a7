import type { Letter, Shelf } from './letter.ts';

/** For tests, which play the crash: it survives the cache, not the process. */
export class InMemoryShelf<K, V> implements Shelf<K, V> {
  readonly #letters = new Map<K, Letter<K, V>>();
  readonly #errors: unknown[] = [];

  async load(): Promise<readonly Letter<K, V>[]> {
    this.#fail();
    return this.entries();
  }

  async put(letter: Letter<K, V>): Promise<void> {
    this.#fail();
    this.#letters.set(letter.operation.key, letter);
  }

  async remove(key: K): Promise<void> {
    this.#fail();
    this.#letters.delete(key);
  }

  /** Fails the next calls, each with the next of the errors. */
  failNext(...errors: readonly unknown[]): void {
    this.#errors.push(...errors);
  }

  /** What a crash would leave. */
  entries(): Letter<K, V>[] {
    return [...this.#letters.values()];
  }

  #fail(): void {
    if (this.#errors.length > 0) throw this.#errors.shift();
  }
}
