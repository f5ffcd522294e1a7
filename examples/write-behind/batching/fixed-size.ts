import type { BatchSize } from './batch-size.ts';

/** The same whatever happens. */
export class FixedSize implements BatchSize {
  readonly rows: number;

  constructor(rows: number) {
    this.rows = rows;
  }

  observe(): void {}
}
