import { CacheClosedError } from './cache.ts';

/** The writes under way, for whoever must wait for them in the end. */
export class OpenWrites {
  readonly #underWay = new Set<Promise<unknown>>();
  #isClosed = false;

  /** Begins the write, if nobody has closed, and ends with it. */
  async run(write: () => Promise<unknown>): Promise<void> {
    if (this.#isClosed) throw new CacheClosedError('it is closed');
    const work = write();
    this.#underWay.add(work);
    try {
      await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  /** Refuses writes from now on, and waits for those under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#underWay);
  }
}
