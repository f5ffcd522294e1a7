/**
 * An island is HTML that is made at build time and never changes afterwards: a
 * highlighted snippet, a diagram. It travels once. The server's bundle carries
 * it inline, so that it stands in the page; the browser's bundle carries only
 * its address, for the reader who comes by a link within the site. `npm run
 * dev` has no server rendering and carries it inline.
 */
export interface Island {
  /** Absent in the browser's production bundle. */
  readonly html?: string;
  /** Absent where `html` is there in the browser too. */
  readonly url?: string;
}
