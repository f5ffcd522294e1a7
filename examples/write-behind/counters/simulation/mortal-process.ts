import type { Clock } from '../../../shared/clock.ts';
import type { CounterJournal } from '../counter-journal.ts';
import type { Process } from './candidate.ts';
import type { Send } from './unreliable-line.ts';

export interface Surroundings {
  readonly clock: Clock;
  readonly toDatabase: Send;
  readonly toDisk: Send;
  readonly disk: CounterJournal;
}

/** When it is killed, it stands still: it asks nothing, and hears no answer. */
export class MortalProcess implements Process {
  readonly clock: Clock;
  readonly send: Send;
  readonly journal: CounterJournal;
  #isAlive = true;

  constructor({ clock, toDatabase, toDisk, disk }: Surroundings) {
    this.clock = {
      now: () => clock.now(),
      schedule: (delayMs, task) =>
        clock.schedule(delayMs, () => {
          if (this.#isAlive) task();
        }),
    };
    this.send = (work) => this.#whileAlive(() => toDatabase(work));
    // What is on its way to the database arrives without its sender. What is on
    // its way to the disk does not.
    const write: Send = (work) =>
      this.#whileAlive(() => toDisk(() => this.#whileAlive(work)));
    this.journal = {
      append: (id, addition) => write(() => disk.append(id, addition)),
      settle: (id) => write(() => disk.settle(id)),
      replay: () => write(() => disk.replay()),
    };
  }

  kill(): void {
    this.#isAlive = false;
  }

  async #whileAlive<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#isAlive) return never();
    try {
      const answer = await work();
      return this.#isAlive ? answer : await never();
    } catch (error) {
      if (!this.#isAlive) return never();
      throw error;
    }
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
