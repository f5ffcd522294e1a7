/** What both sides have changed, and who decides about it. */
import { unexpected } from '../../shared/expect-option.ts';
import type { Merge } from './merge-rows.ts';

// #region conflict
export interface Conflict<K, V> {
  readonly key: K;
  /** What both have changed. None where one of them has deleted the row. */
  readonly fields: readonly (keyof V)[];
  /** What mine is based on. Undefined is no row, here and below. */
  readonly base: V | undefined;
  readonly mine: V | undefined;
  readonly theirs: V | undefined;
  /** Mine may have been stored before, and theirs be an answer to it. */
  readonly isInDoubt: boolean;
}

/** It is about the contested fields: the others are merged in any case. */
export type Decision<V> =
  | 'mine'
  | 'theirs'
  | 'give up'
  /** What it leaves out is theirs. */
  | { readonly fields: Partial<V> };
// #endregion conflict

export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** The row that comes of it. Giving up is an error. */
export function carryOut<V extends object>(
  decision: Decision<V>,
  { withMine, withTheirs, fields }: Merge<V>,
): V | undefined {
  if (decision === 'mine') return withMine;
  if (decision === 'theirs') return withTheirs;
  if (decision === 'give up') {
    const what = fields.length > 0 ? fields.join(', ') : 'a deleted row';
    throw new ConflictError(`both sides have changed ${what}`);
  }
  if (!(decision instanceof Object && 'fields' in decision)) {
    const expected = "'mine', 'theirs', 'give up' or { fields }, at once";
    throw unexpected('decide', expected, decision);
  }
  const row = withTheirs ?? withMine;
  return row && { ...row, ...decision.fields };
}
