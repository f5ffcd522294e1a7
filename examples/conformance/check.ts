import type { CacheUnderTest, Candidate, PromiseId } from './candidate.ts';
import type { FaultyStore } from './faulty-store.ts';
import type { Finding } from './finding.ts';
import type { Value } from './value.ts';
import {
  type Letter,
  type Outcome,
  type Process,
  World,
  type WorldOptions,
} from './world.ts';

/** One way to find out whether a cache keeps a promise. */
export interface Check {
  readonly promise: PromiseId;
  /** What the cache does, as a sentence goes on after the promise. */
  readonly name: string;
  /** Asked only of caches that have it. */
  readonly needs?: 'update';
  /** Only what breaks this promise counts, whatever else goes wrong. */
  play(begin: Begin): Promise<void>;
}

export type Begin = (options?: WorldOptions<Value>) => Scene;

/** Nothing in it may change: one check is played in many worlds. */
type Circumstances = Pick<WorldOptions<Value>, 'limits' | 'rows'>;

/** A check that is played once, in one world. */
export function check(
  promise: PromiseId,
  name: string,
  circumstances: Circumstances,
  script: (scene: Scene) => Promise<void>,
): Check {
  return {
    promise,
    name,
    async play(begin) {
      const scene = begin(circumstances);
      await script(scene);
      await scene.end();
    },
  };
}

/**
 * A world with one process in it, for scripts. Its calls let as much time pass
 * as they need and never throw: whether it is well is for the referee to say.
 * A script that does not want to wait calls `cache`.
 */
export class Scene {
  readonly #candidate: Candidate;
  readonly #promise: PromiseId;
  readonly #world: World<Value>;
  #process: Process<Value>;

  constructor(
    candidate: Candidate,
    promise: PromiseId,
    options?: WorldOptions<Value>,
  ) {
    this.#candidate = candidate;
    this.#promise = promise;
    this.#world = new World(options);
    this.#process = this.#world.start(candidate);
  }

  get cache(): CacheUnderTest<Value> {
    return this.#process.cache;
  }

  get store(): FaultyStore<Value> {
    return this.#world.store;
  }

  /** The dead letters that were taken. */
  get letters(): readonly Letter<Value>[] {
    return this.#world.letters;
  }

  /** What breaks the promise of the check. */
  get findings(): readonly Finding[] {
    const { findings } = this.#world.referee;
    return findings.filter(({ promise }) => promise === this.#promise);
  }

  get story(): readonly string[] {
    return this.#world.referee.story;
  }

  get(key: string): Promise<Outcome<Value | undefined>> {
    return this.wait(this.cache.get(key));
  }

  set(key: string, value: Value): Promise<Outcome<void>> {
    return this.wait(this.cache.set(key, value));
  }

  delete(key: string): Promise<Outcome<void>> {
    return this.wait(this.cache.delete(key));
  }

  /** Appends to the value, which makes it a new one. */
  append(key: string, text: string): Promise<Outcome<Value>> {
    return this.wait(this.beginToAppend(key, text));
  }

  beginToAppend(key: string, text: string): Promise<Value> {
    const change = (current: Value | undefined) => `${current ?? ''}${text}`;
    const updating = this.cache.update?.(key, change);
    return updating ?? Promise.reject(new Error('it has no update'));
  }

  flush(): Promise<Outcome<void>> {
    return this.wait(this.cache.flush());
  }

  wait<T>(call: Promise<T>, limitMs = 10_000): Promise<Outcome<T>> {
    return this.#world.outcome(call, limitMs);
  }

  /** Whether the call ends without any time passing. */
  async isImmediate(call: Promise<unknown>): Promise<boolean> {
    const { state } = await this.wait(call, 0);
    return state !== 'open';
  }

  pass(ms: number): Promise<void> {
    return this.#world.pass(ms);
  }

  /** Has the task done after a while, as if somebody else called. */
  after(ms: number, task: () => void): void {
    this.#world.clock.schedule(ms, task);
  }

  crash(): void {
    this.#process.crash();
  }

  /** Starts the next process, which takes a moment. */
  async restart(): Promise<void> {
    await this.pass(5);
    this.#process = this.#world.start(this.#candidate);
  }

  /** What the referee cannot know: that the script had something in mind. */
  expect(isKept: boolean, expected: string, got: string): void {
    if (!isKept) this.#world.referee.report(this.#promise, expected, got);
  }

  end(): Promise<void> {
    return this.#world.finish(this.#process);
  }
}
