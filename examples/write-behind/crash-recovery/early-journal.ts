/** Broken: it says that an operation is kept before it is. */
import type { Settled } from '../../shared/journal.ts';
import type { Operation } from '../../shared/store.ts';
import type { OpenJournal } from './durability.ts';

export class EarlyJournal implements OpenJournal {
  readonly #journal: OpenJournal;

  constructor(journal: OpenJournal) {
    this.#journal = journal;
  }

  // #region append
  async append(operation: Operation<string, number>): Promise<void> {
    // #region bug
    setImmediate(() => void this.#journal.append(operation));
    // #endregion bug
  }
  // #endregion append

  settle(operations: readonly Settled<string>[]): Promise<void> {
    return this.#journal.settle(operations);
  }

  replay(): Promise<readonly Operation<string, number>[]> {
    return this.#journal.replay();
  }

  lastVersion(): Promise<number> {
    return this.#journal.lastVersion();
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}
