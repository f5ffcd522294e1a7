import { type Clock, sleep, systemClock } from '../../shared/clock.ts';
import { Hang } from '../../shared/hang.ts';
import type { Bus } from './invalidation-bus.ts';

export interface InMemoryBusOptions {
  /** Milliseconds until the bus has an event. Default: 0. */
  readonly publishMs?: number;
  /** Milliseconds from then on until it is heard. Default: 0. */
  readonly deliverMs?: number;
  readonly clock?: Clock;
}

/** A bus in a process: it loses, delays and repeats what the test wants it to. */
export class InMemoryBus<E> implements Bus<E> {
  readonly #listeners = new Set<(event: E) => void>();
  readonly #publishMs: number;
  readonly #deliverMs: number;
  readonly #clock: Clock;
  readonly #hang = new Hang();
  /** When the next events are heard, each as often as it says. */
  readonly #fates: (readonly number[])[] = [];
  #breakdown: { readonly error: unknown } | undefined;
  #published = 0;

  constructor(options: InMemoryBusOptions = {}) {
    const { publishMs = 0, deliverMs = 0, clock = systemClock } = options;
    this.#publishMs = publishMs;
    this.#deliverMs = deliverMs;
    this.#clock = clock;
  }

  async publish(event: E): Promise<void> {
    await this.#hang.over();
    await sleep(this.#clock, this.#publishMs);
    if (this.#breakdown !== undefined) throw this.#breakdown.error;
    this.#published += 1;
    for (const delayMs of this.#fates.shift() ?? [this.#deliverMs]) {
      this.#clock.schedule(delayMs, () => {
        for (const listener of this.#listeners) listener(event);
      });
    }
  }

  subscribe(listener: (event: E) => void): () => void {
    // A function that subscribes twice hears twice.
    const subscription = (event: E) => listener(event);
    this.#listeners.add(subscription);
    return () => this.#listeners.delete(subscription);
  }

  /** Nobody hears of the next event that has no other fate. */
  loseNext(): void {
    this.#fates.push([]);
  }

  /** The next event is heard after so long: others may overtake it. */
  delayNext(ms: number): void {
    this.#fates.push([ms]);
  }

  /** The next event is heard as ever, and again after so long. */
  repeatNext(ms: number): void {
    this.#fates.push([this.#deliverMs, ms]);
  }

  /** Takes no event until it is mended. */
  breakDown(error: unknown = new Error('the bus is down')): void {
    this.#breakdown = { error };
  }

  mend(): void {
    this.#breakdown = undefined;
  }

  /** Answers nothing until it recovers. */
  hang(): void {
    this.#hang.begin();
  }

  recover(): void {
    this.#hang.end();
  }

  /** Events that it has taken, be they heard or not. */
  get published(): number {
    return this.#published;
  }

  get listeners(): number {
    return this.#listeners.size;
  }
}
