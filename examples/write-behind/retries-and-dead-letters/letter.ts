import { unexpected } from '../../shared/expect-option.ts';
import type { Operation } from '../../shared/store.ts';
import type { ErrorKind } from './error-kind.ts';

/** The newest operation of a key that the store has not confirmed. */
export interface Letter<K, V> {
  readonly operation: Operation<K, V>;
  /** Why the last attempt has failed, as text: it must survive the process. */
  readonly reason: string;
  readonly kind: ErrorKind;
  /** Of the operation, so far. */
  readonly attempts: number;
  /** How many have failed, of this operation and of those that it replaced. */
  readonly replays: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** Without the value, which may be nobody's business. */
export interface LetterSummary<K> {
  readonly key: K;
  readonly type: 'set' | 'delete';
  readonly version: number;
  readonly reason: string;
  readonly kind: ErrorKind;
  readonly attempts: number;
  readonly replays: number;
  readonly ageMs: number;
}

/** Which letters are meant: those to which all of it applies. */
export interface Selection<K> {
  readonly key?: K;
  readonly kind?: ErrorKind;
  readonly olderThanMs?: number;
}

// #region shelf
/** Keeps letters beyond the end of the process, one a key. */
export interface Shelf<K, V> {
  load(): Promise<readonly Letter<K, V>[]>;
  /**
   * Replaces the letter of the key. Resolves once it would survive a crash:
   * never before.
   */
  put(letter: Letter<K, V>): Promise<void>;
  /** It does not matter whether there is one. */
  remove(key: K): Promise<void>;
}
// #endregion shelf

/** In the order in which they were written. */
export function select<K, V>(
  letters: Iterable<Letter<K, V>>,
  { key, kind, olderThanMs }: Selection<K>,
  now: number,
): Letter<K, V>[] {
  if (olderThanMs !== undefined && !(olderThanMs >= 0)) {
    throw unexpected('olderThanMs', 'milliseconds from 0', olderThanMs);
  }
  return [...letters]
    .filter(
      (letter) =>
        (key === undefined || letter.operation.key === key) &&
        (kind === undefined || letter.kind === kind) &&
        (olderThanMs === undefined || now - letter.since > olderThanMs),
    )
    .sort((a, b) => a.operation.version - b.operation.version);
}

export function summaryOf<K, V>(
  { operation, since, ...about }: Letter<K, V>,
  now: number,
): LetterSummary<K> {
  const { key, type, version } = operation;
  return { key, type, version, ...about, ageMs: now - since };
}
