/**
 * What a page is called in every language: its address without what the site
 * and the language put before it.
 */
export function pagePath(permalink: string, baseUrl: string): string {
  const path = permalink.startsWith(baseUrl)
    ? permalink.slice(baseUrl.length)
    : permalink;
  return path.replace(/(?:^|\/)index\.html$/, '').replace(/^\/|\/$/g, '');
}
