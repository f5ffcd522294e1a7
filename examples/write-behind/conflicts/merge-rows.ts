/** A three-way merge of rows. Copy this file; it needs no other. */

export interface Sides<V> {
  /** What both began with: more than one row where nobody knows which. */
  readonly before: readonly (V | undefined)[];
  /** Undefined where the row is deleted, and so for all of them. */
  readonly mine: V | undefined;
  readonly theirs: V | undefined;
}

export interface Merge<V> {
  /** Both have changed the same, and not to the same. */
  readonly isContested: boolean;
  /** Where they have. None where one of them has deleted the row. */
  readonly fields: readonly (keyof V)[];
  /** The changes of both, and mine in what is contested. */
  readonly withMine: V | undefined;
  /** The changes of both, and theirs in what is contested. */
  readonly withTheirs: V | undefined;
}

export type IsEqual = (one: unknown, other: unknown) => boolean;

// #region merge
export function mergeRows<V extends object>(
  { before, mine, theirs }: Sides<V>,
  isEqual: IsEqual = Object.is,
): Merge<V> {
  if (mine === undefined || theirs === undefined) {
    return mergeDeleted({ before, mine, theirs }, isEqual);
  }
  const names = fieldsOf(...before, mine, theirs);
  const isChanged = (row: V, name: keyof V) =>
    before.some((old) => !isEqual(row[name], old?.[name]));
  const changed = names.filter((name) => isChanged(mine, name));
  const fields = changed.filter(
    (name) => isChanged(theirs, name) && !isEqual(mine[name], theirs[name]),
  );
  const safe = changed.filter((name) => !fields.includes(name));
  return {
    isContested: fields.length > 0,
    fields,
    withMine: withFields(theirs, changed, mine),
    withTheirs: withFields(theirs, safe, mine),
  };
}
// #endregion merge

export function isSameRow<V extends object>(
  one: V | undefined,
  other: V | undefined,
  isEqual: IsEqual = Object.is,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  return fieldsOf(one, other).every((name) => isEqual(one[name], other[name]));
}

/** Half a row is of no use, so it is all of mine or all of theirs. */
function mergeDeleted<V extends object>(
  { before, mine, theirs }: Sides<V>,
  isEqual: IsEqual,
): Merge<V> {
  const isSame = (row: V | undefined, other: V | undefined) =>
    isSameRow(row, other, isEqual);
  const isUnchanged = (row: V | undefined) =>
    before.every((old) => isSame(row, old));
  const [withMine, withTheirs] = isUnchanged(mine)
    ? [theirs, theirs]
    : isUnchanged(theirs)
      ? [mine, mine]
      : [mine, theirs];
  const isContested = !isSame(withMine, withTheirs);
  return { isContested, fields: [], withMine, withTheirs };
}

function fieldsOf<V extends object>(
  ...rows: readonly (V | undefined)[]
): (keyof V)[] {
  const names = rows.flatMap((row) => Object.keys(row ?? {}));
  return [...new Set(names)] as (keyof V)[];
}

function withFields<V extends object>(
  row: V,
  names: readonly (keyof V)[],
  from: V,
): V {
  const result = { ...row };
  for (const name of names) {
    if (Object.hasOwn(from, name)) result[name] = from[name];
    else delete result[name];
  }
  return result;
}
