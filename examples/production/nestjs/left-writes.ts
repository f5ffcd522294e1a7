import { appendFile } from 'node:fs/promises';
import type { Operation } from '../../shared/store.ts';

// #region keep
/** Keeps on the disk what the database never took, a line an operation. */
export class LeftWrites<K, V> {
  readonly #file: string;
  /** A dead letter of the last moment is reported once more at the end. */
  readonly #kept = new WeakSet<Operation<K, V>>();

  constructor(file: string) {
    this.#file = file;
  }

  async keep(operations: readonly Operation<K, V>[]): Promise<void> {
    const left = operations.filter((operation) => !this.#kept.has(operation));
    const lines = left.map((operation) => `${JSON.stringify(operation)}\n`);
    await appendFile(this.#file, lines.join(''), { flush: true });
    for (const operation of left) this.#kept.add(operation);
  }
}
// #endregion keep
