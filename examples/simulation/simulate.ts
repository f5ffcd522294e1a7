/**
 * One seed, one history: a cache, a store in some weather, callers who do not
 * wait for each other, crashes; and a referee who watches all of it.
 */
import { type Candidate, makes } from '../conformance/candidate.ts';
import type { Finding } from '../conformance/finding.ts';
import { falsyValues, type Value } from '../conformance/value.ts';
import { type Limits, type Process, World } from '../conformance/world.ts';
import { Random } from '../shared/random.ts';
import { inWords } from './conditions.ts';
import { anyWeather, decideIn, poisonedKey } from './weather.ts';

export interface History {
  readonly seed: number;
  /** The limits of the cache, and what its store is like, a line each. */
  readonly conditions: readonly string[];
  /** The promises that were broken, and how. */
  readonly findings: readonly Finding[];
  /** What happened, a line each. */
  readonly story: readonly string[];
}

/** The same history for the same seed, on every machine. */
export async function simulate(
  candidate: Candidate,
  seed: number,
): Promise<History> {
  const random = new Random(seed);
  const limits = anyLimits(random);
  const weather = anyWeather(random);
  const world = new World<Value>({
    rows: [['home', 'row of home']],
    limits,
    decide: decideIn(weather, random),
    random: () => random.fraction(),
    isAsked: (promise) => makes(candidate, promise),
    takeLetter() {
      if (random.chance(20)) throw new Error('nobody takes the letter');
    },
  });
  const simulation = new Simulation(candidate, world, random);
  const actions = random.between(5, 60);
  for (let action = 0; action < actions; action++) await simulation.act();
  await simulation.end();
  return {
    seed,
    conditions: inWords(limits, weather),
    findings: world.referee.findings,
    story: world.referee.story,
  };
}

function anyLimits(random: Random): Limits {
  return {
    maxBatchSize: random.between(1, 5),
    maxDelayMs: random.pick([5, 20, 100]),
    maxPending: random.between(2, 8),
    whenFull: random.pick(['wait', 'reject', 'write-through']),
    maxEntries: random.between(1, 5),
    retry: {
      attempts: random.between(1, 4),
      baseDelayMs: random.between(0, 20),
      maxDelayMs: 50,
    },
  };
}

/** Few, so that they meet. */
const keys = ['home', 'cart', 'plan', poisonedKey] as const;
/** Read, and never written: they push others out of memory. */
const strangers = ['x1', 'x2', 'x3', 'x4', 'x5', 'x6'] as const;

class Simulation {
  readonly #candidate: Candidate;
  readonly #world: World<Value>;
  readonly #random: Random;
  #process: Process<Value>;
  /** Makes each value unlike all others, falsy ones excepted. */
  #values = 0;

  constructor(candidate: Candidate, world: World<Value>, random: Random) {
    this.#candidate = candidate;
    this.#world = world;
    this.#random = random;
    this.#process = world.start(candidate);
  }

  /** Does something, and often lets it settle before the next. */
  async act(): Promise<void> {
    const random = this.#random;
    const act = random.weighted<() => Promise<void> | void>([
      [30, () => this.#call(this.#set())],
      [8, () => this.#call(this.#delete())],
      [8, () => this.#call(this.#update())],
      [20, () => this.#call(this.#cache.get(random.pick(keys)))],
      [6, () => this.#call(this.#cache.get(random.pick(strangers)))],
      [5, () => this.#call(this.#cache.flush())],
      [20, () => this.#world.pass(random.between(1, 60))],
      [2, () => this.#hang()],
      [4, () => this.#recover()],
      [2, () => this.#crash()],
    ]);
    await act();
    if (random.chance(70)) await this.#world.pass(0);
  }

  /** Often a drain, and then all the time in the world. */
  async end(): Promise<void> {
    const random = this.#random;
    const world = this.#world;
    if (random.chance(40)) {
      const timeoutMs = random.pick([0, 30, 5000]);
      if (random.chance(70)) world.store.heal();
      this.#call(this.#cache.close({ timeoutMs }));
      if (random.chance(50)) this.#call(this.#set());
      await world.pass(6000);
    }
    await world.finish(this.#process);
  }

  get #cache() {
    return this.#process.cache;
  }

  /** Callers do not wait for each other; the referee hears how a call ends. */
  #call(call: Promise<unknown>): void {
    call.catch(() => {});
  }

  #set(): Promise<void> {
    const random = this.#random;
    const key = random.pick(keys);
    const value = random.chance(10)
      ? random.pick(falsyValues)
      : this.#newValue(key);
    return this.#cache.set(key, value);
  }

  #delete(): Promise<void> {
    return this.#cache.delete(this.#random.pick(keys));
  }

  async #update(): Promise<unknown> {
    const key = this.#random.pick(keys);
    return this.#cache.update?.(key, () => this.#newValue(key));
  }

  #newValue(key: string): string {
    this.#values += 1;
    return `${key} ${this.#values}`;
  }

  #hang(): void {
    this.#world.referee.remark('the store hangs');
    this.#world.store.hang();
  }

  #recover(): void {
    this.#world.referee.remark('the store recovers');
    this.#world.store.recover();
  }

  async #crash(): Promise<void> {
    this.#process.crash();
    await this.#world.pass(this.#random.between(1, 20));
    this.#process = this.#world.start(this.#candidate);
  }
}
