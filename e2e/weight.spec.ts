import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { locales, sourceLocale } from '../src/site.ts';
import { budget } from './budget.ts';
import { mermaidCode } from './mermaid-code.ts';
import { kindOf } from './page-kind.ts';
import { longestCodePageOf, pagesOf } from './sitemap.ts';
import { visit } from './visit.ts';

const secondsPerPage = 15;

for (const locale of locales)
  test(`no page in ${locale} is heavier than its kind may be`, async ({
    browser,
  }) => {
    const pages = [...pagesOf(locale), longestCodePageOf(locale)];
    if (locale === sourceLocale) pages.push('/404.html');
    test.setTimeout(pages.length * secondsPerPage * 1000);
    const rows = [];
    for (const address of pages) {
      // Each page in a browser that has seen no other.
      const page = await browser.newPage();
      const files = await fetchedBy(page, address);
      await page.close();
      const kind = kindOf(address);
      const bytes = files.reduce(
        (sum, { body }) => sum + gzipSync(body).length,
        0,
      );
      rows.push({ address, kind, files: files.length, bytes });
      expect.soft(bytes, address).toBeLessThanOrEqual(budget[kind]);
      const mermaid = files.filter(({ body }) =>
        mermaidCode.test(body.toString()),
      );
      expect
        .soft(
          mermaid.map(({ url }) => url),
          `mermaid on ${address}`,
        )
        .toEqual([]);
    }
    console.table(rows);
  });

/** All that is fetched when a page is opened. */
async function fetchedBy(page: Page, address: string) {
  const urls = new Set<string>();
  page.on('request', (request) => urls.add(request.url()));
  await visit(page, address);
  await page.waitForLoadState('networkidle');
  return Promise.all(
    [...urls].map(async (url) => {
      const response = await page.request.get(url);
      return { url, body: await response.body() };
    }),
  );
}
