import type { PageKind } from './page-kind.ts';

/**
 * The most that opening a page of a kind may fetch, in bytes as a host sends
 * them: packed by gzip. Some 145,000 of each page are the framework's own and
 * the sidebar, in which a further page is 30 or so.
 */
export const budget: Readonly<Record<PageKind, number>> = {
  home: 160_000,
  page: 210_000,
  code: 55_000,
  missing: 155_000,
};
