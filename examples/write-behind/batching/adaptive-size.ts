/**
 * Finds the size of a batch by how long batches take. To own it, copy this file
 * and the three that it imports.
 */
import { expectDelay, expectSize } from '../../shared/expect-option.ts';
import type { BatchSize, EndedBatch } from './batch-size.ts';

export interface AdaptiveSizeOptions {
  /** Milliseconds that a batch may take. Default: 50. */
  readonly targetMs?: number;
  /** Rows that no batch may exceed, such as the database's limit. Default: 5000. */
  readonly maxRows?: number;
}

export class AdaptiveSize implements BatchSize {
  readonly #targetMs: number;
  readonly #maxRows: number;
  #rows = 1;
  /** What a batch costs however few rows it has, by the last two measurements. */
  #overheadsMs: readonly [last: number, before: number] = [0, 0];
  /** The smallest batch since the last measurement. */
  #last: { readonly rows: number; readonly ms: number } | undefined;

  constructor(options: AdaptiveSizeOptions = {}) {
    const { targetMs = 50, maxRows = 5000 } = options;
    expectDelay('targetMs', targetMs);
    expectSize('maxRows', maxRows);
    this.#targetMs = targetMs;
    this.#maxRows = maxRows;
  }

  get rows(): number {
    return this.#rows;
  }

  // #region limit
  /** A longer batch needs a reason: an overhead that was measured twice. */
  get limitMs(): number {
    const overheadMs = Math.min(...this.#overheadsMs);
    return Math.max(this.#targetMs, 4 * overheadMs);
  }
  // #endregion limit

  // #region observe
  observe({ rows, ms, isStored }: EndedBatch): void {
    if (isStored) this.#learn(rows, ms);
    // Without a cut, it would learn nothing any more where it cannot grow.
    const isStuck = ms > this.#targetMs && rows >= this.#maxRows;
    if (ms > this.limitMs || isStuck) {
      this.#rows = Math.min(this.#rows, Math.max(1, Math.floor(rows / 2)));
    } else if (isStored && rows >= this.#rows) {
      // Twice the rows take twice the time at most.
      const isQuick = ms <= this.limitMs / 2;
      const more = isQuick ? rows : Math.ceil(rows / 8);
      this.#rows = Math.min(this.#maxRows, rows + more);
    }
  }
  // #endregion observe

  // #region learn
  /** Two batches lie on a line, and where it begins is the overhead. */
  #learn(rows: number, ms: number): void {
    const last = this.#last ?? { rows, ms };
    // Two that are alike would tell more of chance than of costs.
    const isFarOff = rows >= 2 * last.rows || last.rows >= 2 * rows;
    if (rows === 1) {
      this.#overheadsMs = [ms, this.#overheadsMs[0]];
    } else if (isFarOff) {
      const msPerRow = Math.max(0, (ms - last.ms) / (rows - last.rows));
      const overheadMs = Math.max(0, ms - msPerRow * rows);
      this.#overheadsMs = [overheadMs, this.#overheadsMs[0]];
    }
    if (isFarOff || rows <= last.rows) this.#last = { rows, ms };
  }
  // #endregion learn
}
