import type { Operation } from '../../shared/store.ts';

/**
 * A list that outlives the process, with the commands that Redis has for one.
 * Only the disk is played: it lives as long as the test.
 */
export class DurableList<V> {
  #waiting: readonly Operation<string, V>[] = [];
  #processing: readonly Operation<string, V>[] = [];

  /** Everything on it, oldest first. */
  entries(): readonly Operation<string, V>[] {
    return [...this.#processing, ...this.#waiting];
  }

  /** Appends it, as `RPUSH` does. */
  async push(operation: Operation<string, V>): Promise<void> {
    this.#waiting = [...this.#waiting, operation];
  }

  /** Takes the oldest off, as `LPOP` does. */
  async pop(count: number): Promise<readonly Operation<string, V>[]> {
    return this.#takeOff(count);
  }

  /** Puts back in front what was popped, as `LPUSH` of it in reverse does. */
  async unpop(popped: readonly Operation<string, V>[]): Promise<void> {
    this.#waiting = [...popped, ...this.#waiting];
  }

  // #region move
  /**
   * Moves the oldest to a second list, as a script of `LMOVE`s does, unless that
   * one still holds what was moved before: then it is its turn again.
   */
  async move(count: number): Promise<readonly Operation<string, V>[]> {
    if (this.#processing.length === 0) {
      this.#processing = this.#takeOff(count);
    }
    return this.#processing;
  }

  /** Empties the second list, as `DEL` does. */
  async forgetMoved(): Promise<void> {
    this.#processing = [];
  }
  // #endregion move

  #takeOff(count: number): readonly Operation<string, V>[] {
    const oldest = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    return oldest;
  }
}
