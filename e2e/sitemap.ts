import fs from 'node:fs';
import path from 'node:path';
import { type Locale, sourceLocale } from '../src/site.ts';

const published = path.join(__dirname, '..', 'build');

/** The address of a locale's home page. */
export function homeOf(locale: Locale): string {
  return locale === sourceLocale ? '/' : `/${locale}/`;
}

/** The addresses of all pages of a locale, without the host. */
export function pagesOf(locale: Locale): string[] {
  const file = path.join(published, homeOf(locale), 'sitemap.xml');
  const sitemap = fs.readFileSync(file, 'utf8');
  return Array.from(sitemap.matchAll(/<loc>([^<]+)<\/loc>/g), ([, address]) =>
    decodeURI(new URL(address ?? '').pathname),
  );
}

/** The addresses of the pages that list the published code. */
export function codePagesOf(locale: Locale): string[] {
  const home = `${homeOf(locale)}code/`;
  return fs
    .readdirSync(path.join(published, home), { recursive: true })
    .map((file) => home + String(file).replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('/index.html'))
    .map((file) => file.slice(0, -'index.html'.length));
}

/** The one of them with the most HTML. */
export function longestCodePageOf(locale: Locale): string {
  const sizeOf = (address: string) =>
    fs.statSync(path.join(published, address, 'index.html')).size;
  return codePagesOf(locale).reduce((longest, address) =>
    sizeOf(address) > sizeOf(longest) ? address : longest,
  );
}

/** The pages with an attribute somewhere in their HTML, of which there are. */
export function pagesWith(locale: Locale, attribute: RegExp): string[] {
  const pages = pagesOf(locale).filter((address) =>
    attribute.test(
      fs.readFileSync(path.join(published, address, 'index.html'), 'utf8'),
    ),
  );
  if (pages.length === 0) throw new Error(`no page has ${attribute}`);
  return pages;
}
