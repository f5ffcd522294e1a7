/**
 * Keeps what a write-behind cache has given up, one letter a key, until it is
 * replayed, replaced by a later write, or purged. To own it, copy this file and
 * those that it imports.
 */
import { type Clock, systemClock } from '../../shared/clock.ts';
import {
  expectDelay,
  expectSize,
  unexpected,
} from '../../shared/expect-option.ts';
import {
  isHopeless,
  isPartialWriteError,
  type Operation,
  type Store,
} from '../../shared/store.ts';
import { within } from '../../shared/timeout.ts';
import type { DeadLetter } from '../../strategies/write-behind/write-behind-cache.ts';
import { type ErrorKind, errorKind } from './error-kind.ts';
import {
  type Letter,
  type LetterSummary,
  type Selection,
  type Shelf,
  select,
  summaryOf,
} from './letter.ts';
import { ShelvedLetters } from './shelved-letters.ts';

export interface DeadLettersOptions<K, V> {
  /** The system of record. It must ignore what is older than its row. */
  readonly store: Store<K, V>;
  /** A letter is as durable as this. */
  readonly shelf: Shelf<K, V>;
  /** What the shelf holds at first: `await shelf.load()`. */
  readonly letters: readonly Letter<K, V>[];
  /** Keys that `take` gives a letter. Default: 10,000. */
  readonly maxLetters?: number;
  /** Milliseconds that a replay waits for one answer. Default: 10,000. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
}

export interface ReplayReport {
  /** The store has these now, or something later. */
  readonly stored: number;
  /** Replaced, stored or purged before their turn came. */
  readonly overtaken: number;
  /** They are letters still, and each of them counts it. */
  readonly failed: number;
  /** Left alone, since the store seemed to be down. */
  readonly untried: number;
}

export class DeadLettersFullError extends Error {
  override readonly name = 'DeadLettersFullError';
}

export class DeadLetters<K, V> {
  readonly #store: Store<K, V>;
  readonly #letters: ShelvedLetters<K, V>;
  readonly #clock: Clock;
  readonly #maxLetters: number;
  readonly #timeoutMs: number;
  #lastReplay: Promise<unknown> = Promise.resolve();

  constructor(options: DeadLettersOptions<K, V>) {
    const { maxLetters = 10_000, timeoutMs = 10_000 } = options;
    expectSize('maxLetters', maxLetters);
    expectDelay('timeoutMs', timeoutMs);
    this.#store = options.store;
    this.#letters = new ShelvedLetters(options.shelf, options.letters);
    this.#clock = options.clock ?? systemClock;
    this.#maxLetters = maxLetters;
    this.#timeoutMs = timeoutMs;
  }

  // #region store
  /** For the cache, in place of the one that it would have got. */
  readonly store: Store<K, V> = {
    read: async (key) => {
      const operation = this.#letters.get(key)?.operation;
      if (operation === undefined) return this.#store.read(key);
      return operation.type === 'set' ? operation.value : undefined;
    },
    write: async (batch) => {
      const operations = [...batch];
      await Promise.all(operations.map((later) => this.#replace(later)));
      try {
        await this.#store.write(batch);
      } catch (error) {
        await this.#settle(storedDespite(error, operations));
        throw error;
      }
      await this.#settle(operations);
    },
  };

  /** Before it sets out, or a crash could leave a letter older than the row. */
  async #replace(operation: Operation<K, V>): Promise<void> {
    const letter = this.#letters.get(operation.key);
    if (letter === undefined) return;
    if (letter.operation.version >= operation.version) {
      if (this.#letters.isAhead(letter)) await this.#letters.put(letter);
      return;
    }
    await this.#letters.put({
      operation,
      reason: 'on its way: no answer yet',
      kind: 'unknown',
      attempts: 0,
      replays: letter.replays,
      since: this.#clock.now(),
    });
  }

  async #settle(stored: readonly Operation<K, V>[]): Promise<void> {
    const lettered = stored.filter(({ key }) => this.#letters.get(key));
    const removals = lettered.map((operation) =>
      this.#letters.remove(operation),
    );
    // A letter that says what the row says does no harm: it may stay.
    await Promise.allSettled(removals);
  }
  // #endregion store

  // #region take
  /** For `onDeadLetter`. Where it rejects, the cache keeps the operation. */
  async take({ operation, attempts, error }: DeadLetter<K, V>): Promise<void> {
    const { key, version } = operation;
    const held = this.#letters.get(key);
    if (held === undefined && this.#letters.size >= this.#maxLetters) {
      throw new DeadLettersFullError(`${this.#maxLetters} keys have a letter`);
    }
    if (held !== undefined && held.operation.version > version) return;
    const before = held?.operation.version === version ? held : undefined;
    await this.#letters.put({
      operation,
      ...describe(error, key),
      attempts: attempts + (before?.attempts ?? 0),
      replays: before?.replays ?? 0,
      since: this.#clock.now(),
    });
  }
  // #endregion take

  /** The oldest write first. */
  list(selection: Selection<K> = {}): LetterSummary<K>[] {
    const now = this.#clock.now();
    const letters = select(this.#letters.values(), selection, now);
    return letters.map((letter) => summaryOf(letter, now));
  }

  /** All of it, with the value. */
  inspect(key: K): Letter<K, V> | undefined {
    return this.#letters.get(key);
  }

  /** One letter after the other, and one replay after the other. */
  replay(selection: Selection<K> = {}): Promise<ReplayReport> {
    const begin = () => this.#replay(this.#select(selection));
    const replay = this.#lastReplay.then(begin, begin);
    this.#lastReplay = replay;
    return replay;
  }

  // #region replay
  async #replay(letters: readonly Letter<K, V>[]): Promise<ReplayReport> {
    const report = { stored: 0, overtaken: 0, failed: 0, untried: 0 };
    // Or one that always times out would stand in front of the others.
    const inTurn = letters.toSorted((a, b) => a.replays - b.replays);
    let isDown = false;
    for (const letter of inTurn) {
      if (isDown) {
        report.untried += 1;
      } else if (this.#letters.get(letter.operation.key) !== letter) {
        report.overtaken += 1;
      } else {
        const kind = await this.#send(letter);
        report[kind === undefined ? 'stored' : 'failed'] += 1;
        isDown = kind === 'temporary';
      }
    }
    return report;
  }

  /** Under its own version, so that it can never replace a later one. */
  async #send(letter: Letter<K, V>): Promise<ErrorKind | undefined> {
    const { operation, attempts, replays } = letter;
    try {
      const written = this.#store.write([operation]);
      await within(this.#clock, this.#timeoutMs, written);
    } catch (error) {
      const counts = { attempts: attempts + 1, replays: replays + 1 };
      const described = describe(error, operation.key);
      const failed = { ...letter, ...described, ...counts };
      await this.#letters.change(letter, failed);
      return failed.kind;
    }
    await this.#letters.remove(operation);
    return undefined;
  }
  // #endregion replay

  // #region purge
  /** The only way to lose a write here. Returns what is gone. */
  async purge(selection: Selection<K>): Promise<Letter<K, V>[]> {
    const { key, kind, olderThanMs } = selection;
    if ([key, kind, olderThanMs].every((one) => one === undefined)) {
      throw unexpected('selection', 'a key, a kind or an age', 'none of them');
    }
    const purged = this.#select(selection);
    await Promise.all(
      purged.map(({ operation }) => this.#letters.remove(operation)),
    );
    return purged;
  }
  // #endregion purge

  #select(selection: Selection<K>): Letter<K, V>[] {
    return select(this.#letters.values(), selection, this.#clock.now());
  }
}

/** Trusts the names that an error gives only if all are of this batch. */
function storedDespite<K, V>(
  error: unknown,
  batch: readonly Operation<K, V>[],
): readonly Operation<K, V>[] {
  const failed = isPartialWriteError<K, V>(error) ? error.failed : [];
  const named = new Set(failed.map(({ key }) => key));
  const stored = batch.filter(({ key }) => !named.has(key));
  const isOurs = stored.length + named.size === batch.length;
  return named.size > 0 && isOurs ? stored : [];
}

/** One of several that failed together may be hopeless by itself. */
function describe<K>(
  error: unknown,
  key: K,
): { kind: ErrorKind; reason: string } {
  const kind = isHopeless(error, key) ? 'permanent' : errorKind(error);
  return { kind, reason: String(error) };
}
