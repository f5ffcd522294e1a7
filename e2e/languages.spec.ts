import { expect, test } from '@playwright/test';
import { type Locale, locales, sourceLocale } from '../src/site.ts';
import { homeOf, pagesOf } from './sitemap.ts';
import { visit } from './visit.ts';

/** The address of the same page in another locale. */
function inLocale(locale: Locale, page: string): string {
  return homeOf(locale) + page.slice(1);
}

for (const locale of locales)
  test(`every page in ${locale} names itself in each language`, async ({
    request,
  }) => {
    const home = homeOf(locale);
    for (const address of pagesOf(locale)) {
      const html = await (await request.get(address)).text();
      const page = `/${address.slice(home.length)}`;
      const languages = locales.filter((other) =>
        pagesOf(other).includes(inLocale(other, page)),
      );
      expect(html, address).toMatch(
        new RegExp(`<html[^>]* lang="?${locale}\\b`),
      );
      expect(alternatesIn(html), address).toEqual({
        ...Object.fromEntries(
          languages.map((other) => [other, inLocale(other, page)]),
        ),
        'x-default': page,
      });
    }
  });

/** The addresses that a page gives for itself, by language. */
function alternatesIn(html: string): Record<string, string> {
  const links = html.match(/<link[^>]*\brel="?alternate\b[^>]*>/g) ?? [];
  return Object.fromEntries(
    links.flatMap((link) => {
      const language = /hreflang="?([\w-]+)/i.exec(link)?.[1];
      const address = /href="?([^"\s>]+)/.exec(link)?.[1];
      return language && address
        ? [[language, decodeURI(new URL(address).pathname)]]
        : [];
    }),
  );
}

test('the reader changes the language, and stays on the page', async ({
  page,
}) => {
  const address = '/strategies/write-behind/';
  await visit(page, address);
  const html = page.locator('html');
  const menu = page.locator('.navbar .dropdown').first();
  for (const locale of ['vi', 'ja', sourceLocale] as const) {
    await menu.hover();
    await menu.locator(`a[lang=${locale}]`).click();
    await expect(html).toHaveAttribute('lang', locale);
    expect(new URL(page.url()).pathname).toBe(inLocale(locale, address));
  }
});
