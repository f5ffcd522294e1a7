/**
 * Stands between a write-behind cache and its store, and makes the batches: as
 * big as a `BatchSize` says. To own it, copy this file and the four that it
 * imports.
 */
import { type Clock, systemClock } from '../../shared/clock.ts';
import { expectSize } from '../../shared/expect-option.ts';
import {
  isHopeless,
  isPartialWriteError,
  type Operation,
  PartialWriteError,
  type Store,
} from '../../shared/store.ts';
import type { BatchSize } from './batch-size.ts';

export interface BatchingStoreOptions<K, V> {
  readonly store: Store<K, V>;
  readonly size: BatchSize;
  /** Batches on their way at a time, such as connections. Default: 4. */
  readonly maxInFlight?: number;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** Relies on its caller: no key is in two calls of `write` at a time. */
export class BatchingStore<K, V> implements Store<K, V> {
  readonly #store: Store<K, V>;
  readonly #size: BatchSize;
  readonly #maxInFlight: number;
  readonly #clock: Clock;
  readonly #line: Call<K, V>[] = [];
  /** What was in a batch that failed. */
  readonly #suspects = new WeakSet<Operation<K, V>>();
  #inFlight = 0;

  constructor(options: BatchingStoreOptions<K, V>) {
    const { store, size, maxInFlight = 4, clock = systemClock } = options;
    expectSize('maxInFlight', maxInFlight);
    this.#store = store;
    this.#size = size;
    this.#maxInFlight = maxInFlight;
    this.#clock = clock;
  }

  read(key: K): Promise<V | undefined> {
    return this.#store.read(key);
  }

  // #region write
  /** Settles when the last of the operations has its answer. */
  async write(operations: readonly Operation<K, V>[]): Promise<void> {
    if (operations.length === 0) return;
    await new Promise<void>((resolve, reject) => {
      this.#lineUp({ operations, resolve, reject });
      try {
        this.#send();
      } catch (error) {
        // No size, no batch: whoever is told must not find it sent later.
        this.#line.pop();
        reject(error);
      }
    });
  }

  #lineUp(call: Pick<Call<K, V>, 'operations' | 'resolve' | 'reject'>): void {
    // A suspect must not fail others again, nor be failed by them.
    const mayShare = !call.operations.some((operation) =>
      this.#suspects.has(operation),
    );
    this.#line.push({
      ...{ ...call, mayShare, taken: 0, unanswered: 0 },
      ...{ isAlone: true, failures: [], failed: [] },
    });
  }

  #send(): void {
    while (this.#inFlight < this.#maxInFlight && this.#line.length > 0) {
      void this.#write(this.#take());
    }
  }
  // #endregion write

  // #region take
  /** What has come while the store was busy travels together. */
  #take(): readonly Part<K, V>[] {
    const parts: Part<K, V>[] = [];
    let room = this.#size.rows;
    expectSize('size.rows', room);
    for (;;) {
      const [call] = this.#line;
      if (call === undefined || room === 0) return parts;
      if (parts.length > 0 && !call.mayShare) return parts;
      const operations = call.operations.slice(call.taken, call.taken + room);
      call.taken += operations.length;
      call.unanswered += 1;
      parts.push({ call, operations });
      if (call.taken === call.operations.length) this.#line.shift();
      room = call.mayShare ? room - operations.length : 0;
    }
  }
  // #endregion take

  async #write(parts: readonly Part<K, V>[]): Promise<void> {
    this.#inFlight += 1;
    const operations = parts.flatMap((part) => part.operations);
    const begin = this.#clock.now();
    const failure = await this.#attempt(operations);
    const ms = this.#clock.now() - begin;
    this.#inFlight -= 1;
    for (const part of parts) this.#answer(part, operations, failure);
    const isStored = failure === undefined || failure.named !== undefined;
    this.#size.observe({ rows: operations.length, ms, isStored });
    this.#send();
  }

  async #attempt(
    operations: readonly Operation<K, V>[],
  ): Promise<Failure<K> | undefined> {
    try {
      await this.#store.write([...operations]);
      return undefined;
    } catch (error) {
      return { error, named: namesIn(error, operations) };
    }
  }

  // #region answer
  #answer(
    { call, operations }: Part<K, V>,
    batch: readonly Operation<K, V>[],
    failure: Failure<K> | undefined,
  ): void {
    call.unanswered -= 1;
    const isWhole = operations.length === call.operations.length;
    if (!isWhole || operations.length !== batch.length) call.isAlone = false;
    const failed = operations.filter(
      ({ key }) => failure && (failure.named?.has(key) ?? true),
    );
    for (const operation of failed) this.#suspects.add(operation);
    if (failure && failed.length > 0) call.failures.push(failure);
    call.failed = [...call.failed, ...failed];
    const isOver =
      call.unanswered === 0 && call.taken === call.operations.length;
    if (!isOver) return;
    // An error is held against a row that comes alone, so it must be its own.
    if (isDoubtful(call) && call.operations.length === 1) this.#lineUp(call);
    else conclude(call);
  }
  // #endregion answer
}

/** One call of `write`. */
interface Call<K, V> {
  readonly operations: readonly Operation<K, V>[];
  /** Whether a batch may have operations of other calls as well. */
  readonly mayShare: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  /** How many of the operations have set out. */
  taken: number;
  /** Batches on their way with some of them. */
  unanswered: number;
  /** It was one batch, as it came. */
  isAlone: boolean;
  readonly failures: Failure<K>[];
  failed: readonly Operation<K, V>[];
}

interface Part<K, V> {
  readonly call: Call<K, V>;
  readonly operations: readonly Operation<K, V>[];
}

interface Failure<K> {
  readonly error: unknown;
  /** Undefined where the error does not say what failed. */
  readonly named: ReadonlySet<K> | undefined;
}

function namesIn<K, V>(
  error: unknown,
  batch: readonly Operation<K, V>[],
): ReadonlySet<K> | undefined {
  if (!isPartialWriteError<K, V>(error)) return undefined;
  const keys = new Set(batch.map(({ key }) => key));
  const named = new Set(error.failed.map(({ key }) => key));
  // Names that nobody sent mean that nothing is known.
  const isSound = named.size > 0 && [...named].every((key) => keys.has(key));
  return isSound ? named : undefined;
}

/** Whether it was in a batch with others, and the error names nobody. */
function isDoubtful<K, V>({ isAlone, failures }: Call<K, V>): boolean {
  return !isAlone && failures.some(({ named }) => named === undefined);
}

// #region conclude
/** Says no more than is known, lest a neighbour's fault be held against it. */
function conclude<K, V>(call: Call<K, V>): void {
  const { failures, failed, isAlone } = call;
  const [first] = failures;
  if (first === undefined) {
    call.resolve();
  } else if (isAlone) {
    call.reject(first.error);
  } else if (isDoubtful(call)) {
    const message = 'some of the operations may have failed';
    call.reject(new Error(message, { cause: first.error }));
  } else {
    const hopeless = failed.filter(({ key }) =>
      failures.some(({ error }) => isHopeless(error, key)),
    );
    call.reject(
      new PartialWriteError(failed, { cause: first.error, hopeless }),
    );
  }
}
// #endregion conclude
