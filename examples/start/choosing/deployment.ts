/** Processes of one strategy, and all that they share. */
import {
  type Fate,
  FaultyStore,
  type StoreWitness,
} from '../../conformance/faulty-store.ts';
import type { Cache } from '../../shared/cache.ts';
import type { Clock } from '../../shared/clock.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { InMemoryBus } from '../../strategies/cache-invalidation/in-memory-bus.ts';
import type { Invalidation } from '../../strategies/cache-invalidation/invalidation-bus.ts';
import { type Surroundings, strategies } from '../../strategies/strategies.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';

type Start = (surroundings: Surroundings<string>) => Cache<string, string>;

export interface Subject {
  readonly name: string;
  /** For one deployment: what survives its processes is made here. */
  prepare(clock: Clock): Start;
}

/** Each sum of some of them is different: the time tells what was waited for. */
export const latencies = {
  read: 5,
  journal: 2,
  write: 20,
  cache: 1,
  publish: 4,
} as const;

/** As many as an outage needs that is longer than a restart. */
const retry = { attempts: 20 };

const inMemory: Subject = {
  name: 'write-behind',
  prepare:
    () =>
    ({ store, clock, random }) =>
      new WriteBehindCache({ store, clock, random, retry }),
};

const withJournal: Subject = {
  name: 'write-behind with a journal',
  prepare(clock) {
    const appendMs = latencies.journal;
    const journal = new InMemoryJournal<string, string>({ appendMs, clock });
    return ({ store, clock, random }) =>
      new WriteBehindCache({ store, clock, random, retry, journal });
  },
};

/** The six, and one of them in both of its forms. */
export const subjects: readonly Subject[] = strategies.flatMap(
  ({ name, create }) => {
    const subject = { name, prepare: () => create<string> };
    return name === 'write-behind' ? [inMemory, withJournal] : [subject];
  },
);

export class Deployment {
  readonly clock = new VirtualClock();
  readonly shared = new InMemoryCache<string, string>({
    getMs: latencies.cache,
    setMs: latencies.cache,
    clock: this.clock,
  });
  readonly #bus = new InMemoryBus<Invalidation<string>>({
    publishMs: latencies.publish,
    deliverMs: 3,
    clock: this.clock,
  });
  readonly #store: FaultyStore<string>;
  readonly #start: Start;
  readonly #counts = { reads: 0, writes: 0 };

  constructor(subject: Subject, rows: Iterable<readonly [string, string]>) {
    const { clock } = this;
    const { read: readMs, write: writeMs } = latencies;
    this.#store = new FaultyStore({ rows, readMs, writeMs, clock });
    this.#start = subject.prepare(clock);
  }

  start(): Process {
    const life = { isAlive: true };
    const cache = this.#start({
      store: this.#store.connect(life, countingIn(this.#counts)),
      cache: this.shared,
      bus: this.#bus,
      clock: clockOf(this.clock, life),
      random: () => 0.5,
      onError: () => {},
    });
    const crash = () => {
      life.isAlive = false;
    };
    return { cache, crash };
  }

  /** Reads that the database was asked for; rows that it was to write. */
  get counts(): Readonly<{ reads: number; writes: number }> {
    return { ...this.#counts };
  }

  /** What the database holds. */
  stored(key: string): string | undefined {
    return this.#store.peek(key);
  }

  /** From now on, each call of the database fails. */
  databaseFails(): void {
    const fate: Fate = { error: new Error('the database is down') };
    this.#store.decide(() => fate);
  }

  databaseIsBack(): void {
    this.#store.heal();
  }
}

export interface Process {
  readonly cache: Cache<string, string>;
  /** Nothing of it goes on. */
  crash(): void;
}

interface Life {
  isAlive: boolean;
}

function clockOf(clock: Clock, life: Life): Clock {
  return {
    now: () => clock.now(),
    schedule: (delayMs, task) =>
      clock.schedule(delayMs, () => {
        if (life.isAlive) task();
      }),
  };
}

function countingIn(counts: {
  reads: number;
  writes: number;
}): StoreWitness<string, undefined> {
  return {
    readBegins() {
      counts.reads += 1;
    },
    storeWriteBegins(batch: readonly Operation<string, string>[]) {
      counts.writes += batch.length;
      return undefined;
    },
    carriedOut() {},
    storeWriteEnds() {},
  };
}
