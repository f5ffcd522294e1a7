/** How long batches take: so long for any, and so much more for each row. */

// #region times
/** A longer batch holds its locks for too long, and comes close to timeouts. */
const longestMs = 100;
const mostRows = 5000;

export class BatchTimes {
  readonly #overheadMs: number;
  readonly #rowMs: number;

  constructor({ databaseMs, rowMs = 0.1 }: DatabaseTimes) {
    this.#overheadMs = databaseMs - rowMs;
    this.#rowMs = rowMs;
  }

  /** Milliseconds of a batch with so many rows. */
  of(rows: number): number {
    return this.#overheadMs + this.#rowMs * rows;
  }

  /** Rows a second, in one batch after the other. */
  rateOf(rows: number): number {
    return (1000 * rows) / this.of(rows);
  }

  /** Where the overhead alone is long, only bigger batches make up for it. */
  get maxRows(): number {
    const limitMs = Math.max(longestMs, 4 * this.of(1));
    const rows = Math.floor((limitMs - this.#overheadMs) / this.#rowMs);
    return Math.min(mostRows, rows);
  }

  /** From here on, the overhead is a quarter of the time or less. */
  get efficientRows(): number {
    return Math.max(1, Math.ceil((3 * this.#overheadMs) / this.#rowMs));
  }

  /** The fewest in a batch that keep the connection no busier than that. */
  rowsFor(rowsPerSecond: number, share: number): number {
    const left = (1000 * share) / rowsPerSecond - this.#rowMs;
    return left > 0
      ? Math.max(1, Math.ceil(this.#overheadMs / left))
      : Infinity;
  }
}
// #endregion times

interface DatabaseTimes {
  readonly databaseMs: number;
  readonly rowMs?: number;
}
