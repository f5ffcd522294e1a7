import type { Clock } from './clock.ts';

/**
 * A clock that stands still until it is told to go. Nothing waits, and a program
 * that takes its time from here does the same on every machine.
 */
export class VirtualClock implements Clock {
  readonly #promiseJobs: () => Promise<void>;
  #now = 0;
  #isMoving = false;
  /** In the order in which they were scheduled, which decides between equals. */
  readonly #tasks = new Set<Task>();

  /**
   * Pass what resolves when all promise jobs have run, where Node alone is meant
   * and time is short. Default: a way that browsers have as well.
   */
  constructor(promiseJobs: () => Promise<void> = nextMessage) {
    this.#promiseJobs = promiseJobs;
  }

  now(): number {
    return this.#now;
  }

  schedule(delayMs: number, run: () => void): () => void {
    if (!(delayMs >= 0)) throw new RangeError(`no such delay: ${delayMs} ms`);
    const task = { due: this.#now + delayMs, run };
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  /** Nothing would happen any more, however much time passed. */
  get isIdle(): boolean {
    return this.#tasks.size === 0;
  }

  /** Lets time pass, and runs what falls due, in order. */
  advance(ms: number): Promise<void> {
    return this.#alone(async () => {
      const end = this.#now + ms;
      await this.#promiseJobs();
      for (;;) {
        const next = this.#next();
        if (next === undefined || next.due > end) break;
        await this.#run(next);
      }
      this.#now = end;
    });
  }

  /** Lets as much time pass as the promise needs to settle, up to the limit. */
  until<T>(promise: Promise<T>, limitMs = Infinity): Promise<T> {
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    promise.then(settle, settle);
    return this.#alone(async () => {
      const end = this.#now + limitMs;
      await this.#promiseJobs();
      while (!isSettled) {
        const next = this.#next();
        if (next === undefined) {
          throw new Error('it would never settle: nothing is scheduled');
        }
        if (next.due > end) {
          this.#now = end;
          throw new Error(`it has not settled within ${limitMs} ms`);
        }
        await this.#run(next);
      }
      return promise;
    });
  }

  /** Two who move the time at once would each find it where it must not be. */
  async #alone<T>(move: () => Promise<T>): Promise<T> {
    if (this.#isMoving) throw new Error('the time is being moved already');
    this.#isMoving = true;
    try {
      return await move();
    } finally {
      this.#isMoving = false;
    }
  }

  #next(): Task | undefined {
    let next: Task | undefined;
    for (const task of this.#tasks) {
      if (next === undefined || task.due < next.due) next = task;
    }
    return next;
  }

  async #run(task: Task): Promise<void> {
    this.#tasks.delete(task);
    this.#now = task.due;
    task.run();
    await this.#promiseJobs();
  }
}

interface Task {
  readonly due: number;
  readonly run: () => void;
}

/**
 * Lets all promise jobs run that are ready, and those that they make ready: a
 * message is a task of the event loop, and no task starts before the jobs are
 * done. Browsers and Node both have it, and neither slows it down.
 */
function nextMessage(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}
