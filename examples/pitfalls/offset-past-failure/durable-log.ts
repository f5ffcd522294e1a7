import type { Operation } from '../../shared/store.ts';

/** An operation, and where in the log it stands. */
export interface LogRecord<V> {
  readonly offset: number;
  readonly operation: Operation<string, V>;
}

/**
 * A log that outlives the process, with one consumer: a partition of Kafka, or
 * a table. Only the disk is played: it lives as long as the test.
 */
export class DurableLog<V> {
  #records: readonly LogRecord<V>[] = [];
  #committed = 0;

  /** Where the consumer begins when it starts. */
  get committed(): number {
    return this.#committed;
  }

  /** Resolves to the record when it would survive a crash. */
  async append(operation: Operation<string, V>): Promise<LogRecord<V>> {
    const record = { offset: this.#records.length, operation };
    this.#records = [...this.#records, record];
    return record;
  }

  /** What the consumer has not committed, in order. */
  uncommitted(): readonly LogRecord<V>[] {
    return this.#records.slice(this.#committed);
  }

  /** Declares everything before the offset to be done. It never goes back. */
  async commit(offset: number): Promise<void> {
    this.#committed = Math.max(this.#committed, offset);
  }
}
