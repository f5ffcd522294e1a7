/**
 * Which positions of a log have been read, and up to where all of them are
 * done. Work may end in any order; an acknowledgement may not.
 */
// #region prefix
export class ContiguousPrefix {
  /** Ascending, from the first that is not acknowledged. */
  readonly #read: number[] = [];
  readonly #open = new Set<number>();

  /** False for one that has come before, and is not acknowledged yet. */
  begin(position: number): boolean {
    let index = this.#read.length;
    // A message that is delivered again may come after later ones.
    while (index > 0 && this.#at(index - 1) > position) index -= 1;
    if (index > 0 && this.#at(index - 1) === position) return false;
    this.#read.splice(index, 0, position);
    this.#open.add(position);
    return true;
  }

  finish(position: number): void {
    this.#open.delete(position);
  }

  /** Up to where everything is done. Undefined where the first is not. */
  get end(): number | undefined {
    const firstOpen = this.#read.findIndex((it) => this.#open.has(it));
    return firstOpen === -1 ? this.#read.at(-1) : this.#read[firstOpen - 1];
  }

  /** Forgets what is acknowledged, as far as everything before it is done. */
  drop(position: number): void {
    const isKept = (it: number) => it > position || this.#open.has(it);
    const firstKept = this.#read.findIndex(isKept);
    this.#read.splice(0, firstKept === -1 ? this.#read.length : firstKept);
  }

  /** How many are read and not acknowledged. */
  get size(): number {
    return this.#read.length;
  }

  #at(index: number): number {
    return this.#read[index] ?? Number.NEGATIVE_INFINITY;
  }
}
// #endregion prefix
