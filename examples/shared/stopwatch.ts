import type { VirtualClock } from './virtual-clock.ts';

export type Print = (line: string) => void;

/** Prints how long a caller waits for each step, and the text it comes to. */
export class Stopwatch {
  readonly #clock: VirtualClock;
  readonly #print: Print;

  constructor(clock: VirtualClock, print: Print) {
    this.#clock = clock;
    this.#print = print;
  }

  async time(step: string, work: () => Promise<unknown>): Promise<void> {
    const begin = this.#clock.now();
    const outcome = await this.#clock.until(work());
    const took = this.#clock.now() - begin;
    this.#line(
      took,
      typeof outcome === 'string' ? `${step}: ${outcome}` : step,
    );
  }

  /** Lets time pass in which no caller waits. */
  async pass(ms: number): Promise<void> {
    await this.#clock.advance(ms);
    this.#line(ms, 'pass');
  }

  /** A line of its own under the steps. */
  note(text: string): void {
    this.#print(`${' '.repeat(10)}${text}`);
  }

  #line(ms: number, text: string): void {
    this.#print(`${String(ms).padStart(5)} ms  ${text}`);
  }
}
