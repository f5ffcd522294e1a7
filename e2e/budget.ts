import type { PageKind } from './page-kind.ts';

/**
 * The most that opening a page of a kind may fetch, in bytes as a host sends
 * them: packed by gzip. Every page of a language brings the labels of all
 * components along, which the framework puts into one file: some 7,000 bytes.
 */
export const budget: Readonly<Record<PageKind, number>> = {
  home: 168_000,
  page: 218_000,
  code: 60_000,
  missing: 155_000,
};
