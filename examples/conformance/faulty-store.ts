import { type Clock, sleep } from '../shared/clock.ts';
import { InMemoryStore } from '../shared/in-memory-store.ts';
import {
  type Operation,
  PartialWriteError,
  type Store,
} from '../shared/store.ts';
import type { Row, Table } from '../shared/table.ts';

/** What becomes of one call. What it leaves out goes well, and at once. */
export interface Fate {
  /** The call waits, before all else, until the store recovers. */
  readonly hangs?: boolean;
  /** Milliseconds until the row is found, or the write is carried out. */
  readonly delayMs?: number;
  /** Milliseconds from then until the answer. */
  readonly answerMs?: number;
  /** The call fails as a whole. Of a batch, only `landed` is carried out. */
  readonly error?: unknown;
  readonly landed?: readonly string[];
  /** The rows of these keys are refused by name, the others carried out. */
  readonly refused?: readonly string[];
  /** They would be refused at each further attempt as well. */
  readonly isPermanent?: boolean;
}

export interface StoreCall {
  readonly type: 'read' | 'write';
  readonly keys: readonly string[];
}

/** Decides over each call, as a script or a seed wants it. */
export type Decide = (call: StoreCall) => Fate | undefined;

export interface FaultyStoreOptions<V> {
  readonly clock: Clock;
  readonly rows?: Iterable<readonly [string, V]>;
  /** Milliseconds from when a row is found to the answer. Default: 5. */
  readonly readMs?: number;
  /** Milliseconds until a write is carried out. Default: 20. */
  readonly writeMs?: number;
  readonly decide?: Decide;
}

/** A process that uses the store. Once it is dead, nothing reaches it. */
export interface Life {
  readonly isAlive: boolean;
}

/**
 * Sees what the store does. A `Flight` is one call that writes. What the caller
 * puts or removes comes with version 0: the store has not drawn it yet.
 */
export interface StoreWitness<V, Flight> {
  readBegins(key: string): void;
  storeWriteBegins(batch: readonly Operation<string, V>[]): Flight;
  /** `isTaken`: the row did not hold a later operation already. */
  carriedOut(
    flight: Flight,
    operation: Operation<string, V>,
    isTaken: boolean,
  ): void;
  storeWriteEnds(flight: Flight, error?: unknown): void;
}

/** A database that does to each call what the test decides. */
export class FaultyStore<V> {
  readonly #rows: InMemoryStore<string, V>;
  readonly #clock: Clock;
  readonly #readMs: number;
  readonly #writeMs: number;
  #decide: Decide;
  #hangs = false;
  readonly #hung: (() => void)[] = [];

  constructor(options: FaultyStoreOptions<V>) {
    const { clock, rows = [], readMs = 5, writeMs = 20, decide } = options;
    this.#rows = new InMemoryStore({ rows, clock });
    this.#clock = clock;
    this.#readMs = readMs;
    this.#writeMs = writeMs;
    this.#decide = decide ?? (() => undefined);
  }

  /** From now on, this decides over the calls. */
  decide(decide: Decide): void {
    this.#decide = decide;
  }

  /** Answers no call that comes from now on. */
  hang(): void {
    this.#hangs = true;
  }

  /** Goes on with all that hangs. */
  recover(): void {
    this.#hangs = false;
    for (const resume of this.#hung.splice(0)) resume();
  }

  /** The faults are over: each call goes well. */
  heal(): void {
    this.#decide = () => undefined;
    this.recover();
  }

  /** What is stored now, beside all latency. */
  peek(key: string): V | undefined {
    return this.#rows.peek(key);
  }

  entries(): [string, V][] {
    return this.#rows.entries();
  }

  /** The store as one process sees it. */
  connect<Flight>(
    life: Life,
    witness: StoreWitness<V, Flight>,
  ): Store<string, V> & Table<string, V> {
    const find = async (key: string) => {
      if (!life.isAlive) return never();
      witness.readBegins(key);
      return this.#find(key, life);
    };
    const write = async (
      batch: readonly Operation<string, V>[],
      carryOut: (operation: Operation<string, V>) => boolean,
    ) => {
      if (!life.isAlive) return never();
      const flight = witness.storeWriteBegins(batch);
      let failure: unknown;
      try {
        await this.#write(batch, life, (operation) =>
          witness.carriedOut(flight, operation, carryOut(operation)),
        );
      } catch (error) {
        failure = error;
      }
      if (!life.isAlive) return never();
      witness.storeWriteEnds(flight, failure);
      if (failure !== undefined) throw failure;
    };
    const commit = async (operation: Operation<string, V>) => {
      let row = this.#rows.row(operation.key);
      await write([operation], () => {
        row = this.#rows.commit(operation);
        return true;
      });
      return row;
    };
    return {
      find,
      read: async (key) => (await find(key)).value,
      put: (key, value) => commit({ type: 'set', key, value, version: 0 }),
      remove: (key) => commit({ type: 'delete', key, version: 0 }),
      write: (batch) =>
        write([...batch], (operation) => this.#rows.carryOut(operation)),
    };
  }

  async #find(key: string, life: Life): Promise<Row<V>> {
    const fate = this.#fateOf({ type: 'read', keys: [key] });
    await this.#begin(fate);
    const found = this.#rows.row(key);
    await sleep(this.#clock, fate.answerMs ?? 0);
    if (!life.isAlive) return never();
    if (fate.error !== undefined) throw fate.error;
    return found;
  }

  async #write(
    batch: readonly Operation<string, V>[],
    life: Life,
    carryOut: (operation: Operation<string, V>) => void,
  ): Promise<void> {
    const keys = batch.map(({ key }) => key);
    const fate = this.#fateOf({ type: 'write', keys });
    await this.#begin(fate);
    if (!life.isAlive) return;
    const { error, landed = [], refused = [] } = fate;
    const lands = (key: string) =>
      error === undefined ? !refused.includes(key) : landed.includes(key);
    for (const operation of batch) {
      if (lands(operation.key)) carryOut(operation);
    }
    await sleep(this.#clock, fate.answerMs ?? 0);
    if (error !== undefined) throw error;
    const failed = batch.filter(({ key }) => refused.includes(key));
    if (failed.length === 0) return;
    throw new PartialWriteError(failed, {
      permanent: fate.isPermanent ?? false,
    });
  }

  #fateOf(call: StoreCall): Fate {
    const usual =
      call.type === 'read'
        ? { answerMs: this.#readMs }
        : { delayMs: this.#writeMs };
    return { ...usual, ...this.#decide(call) };
  }

  async #begin({ hangs = false, delayMs = 0 }: Fate): Promise<void> {
    if (hangs || this.#hangs) {
      await new Promise<void>((resume) => this.#hung.push(resume));
    }
    while (this.#hangs) {
      await new Promise<void>((resume) => this.#hung.push(resume));
    }
    await sleep(this.#clock, delayMs);
  }
}

/** What a dead process hears. */
export function never(): Promise<never> {
  return new Promise(() => {});
}
