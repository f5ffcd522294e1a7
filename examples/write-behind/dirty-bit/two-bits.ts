import type { Operation, Store } from '../../shared/store.ts';
import type { Scores } from './scores.ts';

/** The way of a page cache: no version, but a second bit. */
export class SweptScores implements Scores {
  readonly #store: Store<string, number>;
  readonly #scores = new Map<string, number>();
  readonly #dirty = new Set<string>();
  readonly #writing = new Set<string>();

  constructor(store: Store<string, number>) {
    this.#store = store;
  }

  get(player: string): number | undefined {
    return this.#scores.get(player);
  }

  set(player: string, score: number): void {
    this.#scores.set(player, score);
    this.#dirty.add(player);
  }

  /** Whoever evicts must ask both bits. */
  isClean(player: string): boolean {
    return !this.#dirty.has(player) && !this.#writing.has(player);
  }

  // #region sweep
  async sweep(): Promise<void> {
    const swept = [...this.#dirty];
    this.#dirty.clear();
    for (const player of swept) this.#writing.add(player);
    try {
      await this.#store.write(swept.map((player) => this.#operation(player)));
    } catch (error) {
      for (const player of swept) this.#dirty.add(player);
      throw error;
    } finally {
      for (const player of swept) this.#writing.delete(player);
    }
  }
  // #endregion sweep

  #operation(player: string): Operation<string, number> {
    const value = this.#scores.get(player) ?? 0;
    return { type: 'set', key: player, value, version: 0 };
  }
}
