import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { BatchSize, EndedBatch } from './batch-size.ts';
import { story } from './story.ts';

// #region size
export class AimdSize implements BatchSize {
  readonly #targetMs: number;
  #rows = 1;

  constructor({ targetMs }: { targetMs: number }) {
    this.#targetMs = targetMs;
  }

  get rows(): number {
    return this.#rows;
  }

  observe({ ms }: EndedBatch): void {
    // #region bug
    if (ms > this.#targetMs) this.#rows = this.#half();
    else this.#rows += 10;
    // #endregion bug
  }

  #half(): number {
    return Math.max(1, Math.floor(this.#rows / 2));
  }
}
// #endregion size

export function demo(print: Print): Promise<void> {
  return story((targetMs) => new AimdSize({ targetMs }), print);
}

if (isMain('write-behind/batching/before')) {
  void demo(console.log);
}
