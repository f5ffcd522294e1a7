/** Where a cache lives, dies and is started again, while a referee watches. */
import type { Clock } from '../shared/clock.ts';
import { VirtualClock } from '../shared/virtual-clock.ts';
import type {
  CacheUnderTest,
  Candidate,
  PromiseId,
  Setting,
} from './candidate.ts';
import {
  FaultyStore,
  type FaultyStoreOptions,
  type Life,
} from './faulty-store.ts';
import { Referee } from './referee.ts';
import { SurvivingDisk } from './surviving-disk.ts';
import { watched } from './watched-cache.ts';

export type Limits = Pick<
  Setting<unknown>,
  | 'maxBatchSize'
  | 'maxDelayMs'
  | 'maxPending'
  | 'whenFull'
  | 'maxEntries'
  | 'retry'
>;

const usualLimits: Limits = {
  maxBatchSize: 10,
  maxDelayMs: 100,
  maxPending: 100,
  whenFull: 'wait',
  maxEntries: 100,
  retry: { attempts: 4, baseDelayMs: 10, maxDelayMs: 100 },
};

export type Letter<V> = Parameters<Setting<V>['onDeadLetter']>[0];

export interface WorldOptions<V> extends Omit<FaultyStoreOptions<V>, 'clock'> {
  readonly limits?: Partial<Limits>;
  /** Refuses a letter by an error. Default: takes each. */
  readonly takeLetter?: (letter: Letter<V>) => Promise<void> | void;
  /** Default: always 0.5. */
  readonly random?: () => number;
  /** The promises that the referee asks for. Default: all. */
  readonly isAsked?: (promise: PromiseId) => boolean;
}

/** What became of a call while somebody waited for it. */
export type Outcome<T> =
  | { readonly state: 'done'; readonly result: T }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'open' };

export class World<V> {
  readonly clock = new VirtualClock();
  readonly store: FaultyStore<V>;
  readonly referee: Referee<V>;
  readonly limits: Limits;
  /** Those that were taken. */
  readonly letters: Letter<V>[] = [];
  readonly #disk = new SurvivingDisk((call, given) =>
    this.referee.diskCalled(call, given),
  );
  readonly #options: WorldOptions<V>;

  constructor(options: WorldOptions<V> = {}) {
    this.#options = options;
    this.limits = { ...usualLimits, ...options.limits };
    const rows = new Map(options.rows);
    this.store = new FaultyStore({ ...options, rows, clock: this.clock });
    this.referee = new Referee<V>({
      now: () => this.clock.now(),
      rows,
      maxDelayMs: this.limits.maxDelayMs,
      maxPending: this.limits.maxPending,
      attempts: this.limits.retry.attempts,
      isAsked: options.isAsked,
    });
  }

  /** Starts a process, on the disk and the store that the last one left. */
  start(candidate: Candidate): Process<V> {
    const life = { isAlive: true };
    const cache = candidate.create<V>({
      store: this.store.connect(life, this.referee),
      clock: mortalClock(this.clock, life),
      disk: this.#disk.mount(life),
      ...this.limits,
      random: this.#options.random ?? (() => 0.5),
      onDeadLetter: (letter) => this.#deliver(letter, life),
    });
    const crash = () => {
      life.isAlive = false;
      this.referee.crash(candidate.isDurable ?? false);
    };
    return { cache: watched(cache, this.referee, life), crash };
  }

  pass(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  /** Waits for a call, for so long at most. */
  async outcome<T>(call: Promise<T>, limitMs = 60_000): Promise<Outcome<T>> {
    const end = this.clock.now() + limitMs;
    let outcome: Outcome<T> = { state: 'open' };
    const ended = call.then(
      (result) => {
        outcome = { state: 'done', result };
      },
      (error: unknown) => {
        outcome = { state: 'failed', error };
      },
    );
    // That it is open is an outcome as well, once the time is over.
    await this.clock
      .until(ended, limitMs)
      .catch(() => this.clock.advance(end - this.clock.now()));
    return outcome;
  }

  /** Ends the faults, brings everything home, and asks for the verdict. */
  async finish({ cache }: Process<V>): Promise<void> {
    this.store.heal();
    // A flush may fail, or meet what has failed before.
    for (let flushes = 0; flushes < 3; flushes++) {
      await this.outcome(cache.flush(), 10_000);
    }
    await this.pass(10 * this.limits.maxDelayMs + 1000);
    this.referee.end();
  }

  #deliver(letter: Letter<V>, life: Life): Promise<void> | void {
    if (!life.isAlive) return;
    const { operation } = letter;
    const take = () => {
      if (!life.isAlive) return;
      this.letters.push(letter);
      this.referee.letterTaken(operation);
    };
    const refuse = (error: unknown) => {
      if (life.isAlive) this.referee.letterRefused(operation);
      throw error;
    };
    try {
      const taking = this.#options.takeLetter?.(letter);
      if (taking !== undefined) return taking.then(take, refuse);
      take();
    } catch (error) {
      refuse(error);
    }
  }
}

/** A cache in a process that can be killed at any moment. */
export interface Process<V> {
  readonly cache: CacheUnderTest<V>;
  /** No timer fires any more, and no call is carried out or answered. */
  crash(): void;
}

function mortalClock(clock: Clock, life: Life): Clock {
  return {
    now: () => clock.now(),
    schedule: (delayMs, task) =>
      clock.schedule(delayMs, () => {
        if (life.isAlive) task();
      }),
  };
}
