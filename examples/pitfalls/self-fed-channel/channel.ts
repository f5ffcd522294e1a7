/**
 * A queue of keys with a bound: who sends to a full one waits for room. A key
 * that is in it already needs no room.
 */
export class Channel {
  readonly #capacity: number;
  /** All keys that take up room. */
  readonly #keys = new Set<string>();
  /** Those of them that nobody has borrowed, in the order of their arrival. */
  readonly #waiting = new Set<string>();
  readonly #senders: (() => void)[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  async send(key: string): Promise<void> {
    while (!this.#keys.has(key) && this.#keys.size >= this.#capacity) {
      await new Promise<void>((resume) => this.#senders.push(resume));
    }
    this.#keys.add(key);
    this.#waiting.add(key);
  }

  /** Takes the first key out, and gives its room away. */
  receive(): string | undefined {
    const key = this.borrow();
    if (key !== undefined) this.free(key);
    return key;
  }

  // #region borrow
  /** Hands the first key out; its room stays its own. */
  borrow(): string | undefined {
    const [key] = this.#waiting;
    if (key !== undefined) this.#waiting.delete(key);
    return key;
  }

  /** Takes a borrowed key back, behind the others: there is always room. */
  giveBack(key: string): void {
    this.#waiting.add(key);
  }

  /** Gives a borrowed key's room away, unless it was sent once more. */
  free(key: string): void {
    if (!this.#waiting.has(key)) this.#keys.delete(key);
    for (const resume of this.#senders.splice(0)) resume();
  }
  // #endregion borrow
}
