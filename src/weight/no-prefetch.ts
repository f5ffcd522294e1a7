/**
 * Stands in for what fetches the pages behind all links that come into view,
 * which the sidebar makes all pages. A page is still fetched while the pointer
 * rests on its link.
 */
export default async function prefetch(): Promise<void> {}
