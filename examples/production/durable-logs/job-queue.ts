/**
 * A job queue in memory, with the order that BullMQ has: first in, first out,
 * some at a time; what has failed waits a while, and then behind all others.
 */
import type { Clock } from '../../shared/clock.ts';
import { expectDelay, expectSize } from '../../shared/expect-option.ts';

export interface JobQueueOptions<Data> {
  readonly work: (data: Data) => Promise<unknown>;
  readonly clock: Clock;
  /** Jobs that are on their way at the same time. Default: 1. */
  readonly concurrency?: number;
  /** Until a job has failed for good. Default: 3. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt, then doubled. Default: 1000. */
  readonly backoffMs?: number;
}

export class JobQueue<Data> {
  readonly #settings: Required<JobQueueOptions<Data>>;
  readonly #waiting: Job<Data>[] = [];
  readonly #failed: Data[] = [];
  #active = 0;

  constructor(options: JobQueueOptions<Data>) {
    const defaults = { concurrency: 1, attempts: 3, backoffMs: 1000 };
    this.#settings = { ...defaults, ...options };
    const { concurrency, attempts, backoffMs } = this.#settings;
    expectSize('concurrency', concurrency);
    expectSize('attempts', attempts);
    expectDelay('backoffMs', backoffMs);
  }

  // #region order
  add(data: Data): void {
    this.#wait({ data, failures: 0 });
  }

  #wait(job: Job<Data>): void {
    this.#waiting.push(job);
    this.#start();
  }

  #retry({ data, failures }: Job<Data>): void {
    const { clock, attempts, backoffMs } = this.#settings;
    const job = { data, failures: failures + 1 };
    if (job.failures === attempts) {
      this.#failed.push(data);
      return;
    }
    const delay = backoffMs * 2 ** failures;
    clock.schedule(delay, () => this.#wait(job));
  }
  // #endregion order

  /** Those whose attempts are used up. */
  failed(): readonly Data[] {
    return this.#failed;
  }

  #start(): void {
    while (this.#active < this.#settings.concurrency) {
      const job = this.#waiting.shift();
      if (job === undefined) return;
      this.#active += 1;
      void this.#run(job);
    }
  }

  async #run(job: Job<Data>): Promise<void> {
    try {
      await this.#settings.work(job.data);
    } catch {
      this.#retry(job);
    }
    this.#active -= 1;
    this.#start();
  }
}

interface Job<Data> {
  readonly data: Data;
  readonly failures: number;
}
