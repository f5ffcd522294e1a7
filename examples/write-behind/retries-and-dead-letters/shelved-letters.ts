import type { Operation } from '../../shared/store.ts';
import { KeyLock } from '../async-safety/key-lock.ts';
import type { Letter, Shelf } from './letter.ts';

/** The letters in memory, and how they get to the shelf and off it again. */
export class ShelvedLetters<K, V> {
  readonly #shelf: Shelf<K, V>;
  /** All that is on the shelf, and what is on its way there. */
  readonly #letters: Map<K, Letter<K, V>>;
  /** The versions that have got to the shelf. */
  readonly #shelved = new Map<K, number>();
  readonly #lock = new KeyLock<K>();

  constructor(shelf: Shelf<K, V>, letters: readonly Letter<K, V>[]) {
    this.#shelf = shelf;
    this.#letters = new Map(
      letters.map((letter) => [letter.operation.key, letter]),
    );
    for (const { operation } of letters) {
      this.#shelved.set(operation.key, operation.version);
    }
  }

  get size(): number {
    return this.#letters.size;
  }

  get(key: K): Letter<K, V> | undefined {
    return this.#letters.get(key);
  }

  /** Whether a crash would bring back an older one, since the shelf has failed. */
  isAhead({ operation }: Letter<K, V>): boolean {
    const shelved = this.#shelved.get(operation.key);
    return shelved !== undefined && shelved < operation.version;
  }

  values(): Iterable<Letter<K, V>> {
    return this.#letters.values();
  }

  // #region shelve
  /** In memory at once, so that reads and writes see it from here on. */
  async put(letter: Letter<K, V>): Promise<void> {
    const { key } = letter.operation;
    this.#letters.set(key, letter);
    await this.#lock.run(key, () => this.#shelve(letter));
  }

  /** Unless it was replaced or removed meanwhile. */
  async change(from: Letter<K, V>, to: Letter<K, V>): Promise<void> {
    const { key } = from.operation;
    await this.#lock.run(key, async () => {
      if (this.#letters.get(key) !== from) return;
      this.#letters.set(key, to);
      await this.#shelve(to);
    });
  }

  /** Unless it is later. From the shelf first: a failure leaves it in both. */
  async remove({ key, version }: Operation<K, V>): Promise<void> {
    await this.#lock.run(key, async () => {
      const letter = this.#letters.get(key);
      if (letter === undefined || letter.operation.version > version) return;
      await this.#shelf.remove(key);
      this.#shelved.delete(key);
      if (this.#letters.get(key) === letter) this.#letters.delete(key);
    });
  }

  async #shelve(letter: Letter<K, V>): Promise<void> {
    await this.#shelf.put(letter);
    const { key, version } = letter.operation;
    this.#shelved.set(key, version);
  }
  // #endregion shelve
}
