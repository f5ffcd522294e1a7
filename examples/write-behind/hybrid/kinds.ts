/**
 * What a kind of data is, said once and in its type, so that a strategy that
 * must not carry it does not compile.
 */
import type { Cache } from '../../shared/cache.ts';
import { expectDelay, unexpected } from '../../shared/expect-option.ts';

// #region kind
/**
 * `must-survive`: what is acknowledged is stored. `countable`: changes add up.
 * `replaceable`: the last value counts. Of the last two, a crash may take some.
 */
export type Nature = 'must-survive' | 'countable' | 'replaceable';

export interface Kind<N extends Nature, H> {
  readonly name: string;
  readonly nature: N;
  /**
   * Milliseconds that an acknowledged change waits at most before it sets out.
   * While the database is well, a crash takes these and the batch on its way.
   */
  readonly mayLoseMs: number;
  /** Never there: it tells the compiler what callers may do with this kind. */
  readonly [handleOf]?: H;
}
// #endregion kind

declare const handleOf: unique symbol;

// #region handles
export type Values<V> = Pick<Cache<string, V>, 'get' | 'set' | 'delete'>;

export interface Counts {
  /** Adds a whole number. What finds no room is counted as refused instead. */
  add(key: string, count: number): void;
}
// #endregion handles

export function mustSurvive<V>(name: string): Kind<'must-survive', Values<V>> {
  return kind(name, 'must-survive', 0);
}

export function countable(
  name: string,
  budget: { readonly mayLoseMs: number },
): Kind<'countable', Counts> {
  return kind(name, 'countable', budget.mayLoseMs);
}

export function replaceable<V>(
  name: string,
  budget: { readonly mayLoseMs: number },
): Kind<'replaceable', Values<V>> {
  return kind(name, 'replaceable', budget.mayLoseMs);
}

/** For callers that no compiler has checked. */
export function expectNature(
  { name, nature }: { readonly name: string; readonly nature: Nature },
  ...expected: readonly Nature[]
): void {
  if (expected.includes(nature)) return;
  throw unexpected(name, expected.join(' or '), nature);
}

function kind<N extends Nature>(name: string, nature: N, mayLoseMs: number) {
  if (name === '') throw unexpected('name', 'the name of a kind', "''");
  expectDelay('mayLoseMs', mayLoseMs);
  return { name, nature, mayLoseMs };
}
