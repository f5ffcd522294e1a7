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
  if (name.includes(wanted)) return 0;
  const pieces = piecesOf(name, wanted.split('/').length);
  return Math.min(...pieces.map((piece) => leven(wanted, piece)));
}

/**
 * What a path is made of, in pieces as long as what was asked for: `aftr` is
 * near to all that ends with `/after`, however long the rest is.
 */
function piecesOf(path: string, length: number): string[] {
  const parts = path.split('/');
  const last = Math.max(0, parts.length - length);
  return parts
    .slice(0, last + 1)
    .map((_, start) => parts.slice(start, start + length).join('/'));
}
