/** Kinds of data that have got their strategies, as a whole service sees them. */
import type { Clock } from '../../shared/clock.ts';
import type { Kind, Nature } from './kinds.ts';

// #region wired
/** A kind with its strategy: what its callers get, and what runs it. */
export interface Wired<N extends Nature, H> {
  readonly kind: Kind<N, H>;
  readonly handle: H;
  health(): Health;
  /** Refuses writes, and returns what the database does not have in the end. */
  close(timeoutMs: number): Promise<readonly Left[]>;
}

/** What a service asks for: this kind, by a strategy that may carry it. */
export type WiredFor<K> =
  K extends Kind<infer N, infer H> ? Wired<N, H> : never;
// #endregion wired

export interface Health {
  /** How the last write that ended has found the database. */
  readonly state: 'ok' | 'failing';
  /** Acknowledged writes that a crash would take along now. */
  readonly unsaved: number;
  /** Writes that found no room. */
  readonly refused: number;
  /** Acknowledged writes that the database never took. */
  readonly givenUp: number;
}

/** An operation or a change, whole. */
export interface Left {
  readonly key: string;
}

export interface CloseReport {
  readonly name: string;
  readonly left: readonly Left[];
  /** Why nobody knows what is left. */
  readonly error?: unknown;
}

type AnyWired = Wired<Nature, unknown>;

// #region health
export function healthOf(
  wired: readonly AnyWired[],
): Readonly<Record<string, Health>> {
  return Object.fromEntries(wired.map((one) => [one.kind.name, one.health()]));
}
// #endregion health

// #region close
/**
 * First what must survive, since its callers wait; then the others, side by
 * side. What hangs at first leaves them half of the time.
 */
export async function closeInOrder(
  wired: readonly AnyWired[],
  clock: Clock,
  timeoutMs: number,
): Promise<readonly CloseReport[]> {
  const end = clock.now() + timeoutMs;
  const close = (some: readonly AnyWired[], ms: number) =>
    Promise.all(some.map((one) => reportOf(one, Math.max(0, ms))));
  const isFirst = ({ kind }: AnyWired) => kind.nature === 'must-survive';
  const first = wired.filter(isFirst);
  const others = wired.filter((one) => !isFirst(one));
  return [
    ...(await close(first, timeoutMs / 2)),
    ...(await close(others, end - clock.now())),
  ];
}

/** One that fails must not keep the others from being closed. */
async function reportOf(
  wired: AnyWired,
  timeoutMs: number,
): Promise<CloseReport> {
  const { name } = wired.kind;
  try {
    return { name, left: await wired.close(timeoutMs) };
  } catch (error) {
    return { name, left: [], error };
  }
}
// #endregion close
