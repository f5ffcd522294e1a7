import leven from 'leven';

/** The same names, the one that was most likely meant first. */
export function byNearness(wanted: string, names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, distance: distance(wanted, name) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

/** A name that contains what was asked for is nearer than any misspelling. */
function distance(wanted: string, name: string): number {
  if (wanted === '') return 0;
  return name.includes(wanted) ? 0 : leven(wanted, name);
}
