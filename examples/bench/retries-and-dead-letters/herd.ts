import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { Random } from '../../shared/random.ts';
import type { Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  type RetryOptions,
  WriteBehindCache,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { jitters } from '../../write-behind/retries-and-dead-letters/jitter.ts';

export type Jitter = keyof typeof jitters;

/** What a database hears of many caches that lost it at the same moment. */
export interface Herd {
  /** When each attempt reaches it, by its number, in milliseconds. */
  readonly arrivals: readonly (readonly number[])[];
  /** How many it has refused since it was back. */
  readonly refused: number;
  /** From its return to the last write that it had to take. */
  readonly recoveryMs: number;
}

export interface Scene {
  readonly clients: number;
  readonly jitter: Jitter;
  readonly retry: RetryOptions;
  readonly outageMs: number;
  /** Writes that it carries out at a time. Others are refused. */
  readonly capacity: number;
}

export const writeMs = 20;

/** Each client is a cache with one write, and all fail at 0. */
export async function playHerd(scene: Scene): Promise<Herd> {
  const clock = new VirtualClock(allPromiseJobs);
  const database = new Database(clock, scene);
  const random = new Random(1);
  const caches = Array.from(
    { length: scene.clients },
    () =>
      new WriteBehindCache<string, number>({
        ...{ store: database.connect(), clock, retry: scene.retry },
        random: () => jitters[scene.jitter](random.fraction()),
        onDeadLetter: () => {},
      }),
  );
  for (const [client, cache] of caches.entries()) {
    await cache.set(`client:${client}`, client);
  }
  await clock.until(Promise.all(caches.map((cache) => cache.flush())));
  const { arrivals, refused, lastStoredAt } = database;
  return { arrivals, refused, recoveryMs: lastStoredAt - scene.outageMs };
}

class Database {
  readonly arrivals: number[][] = [];
  refused = 0;
  lastStoredAt = 0;
  #writing = 0;
  readonly #clock: VirtualClock;
  readonly #scene: Scene;
  readonly #rows: InMemoryStore<string, number>;

  constructor(clock: VirtualClock, scene: Scene) {
    this.#clock = clock;
    this.#scene = scene;
    this.#rows = new InMemoryStore({ writeMs, clock });
  }

  connect(): Store<string, number> {
    let attempt = 0;
    return {
      read: (key) => this.#rows.read(key),
      write: async (batch) => {
        this.#note(attempt);
        attempt += 1;
        if (this.#clock.now() < this.#scene.outageMs) {
          throw new Error('connection refused');
        }
        if (this.#writing >= this.#scene.capacity) {
          this.refused += 1;
          throw new Error('too many connections');
        }
        this.#writing += 1;
        await this.#rows.write(batch);
        this.#writing -= 1;
        this.lastStoredAt = this.#clock.now();
      },
    };
  }

  #note(attempt: number): void {
    const arrivals = this.arrivals[attempt] ?? [];
    arrivals.push(this.#clock.now());
    this.arrivals[attempt] = arrivals;
  }
}

/** The most that arrive within any such stretch of time. */
export function most(times: readonly number[], withinMs: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let first = 0;
  let largest = 0;
  for (const [index, time] of sorted.entries()) {
    while (time - (sorted[first] ?? time) >= withinMs) first += 1;
    largest = Math.max(largest, index - first + 1);
  }
  return largest;
}

/** In Node, no immediate starts before the jobs are done. */
function allPromiseJobs(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
