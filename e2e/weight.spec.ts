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
    const fetchedBy = watchFetches();
    for (const address of pages) {
      // Each page in a browser that has seen no other.
      const page = await browser.newPage();
      const files = await fetchedBy(page, address);
      await page.close();
      const kind = kindOf(address);
      const bytes = files.reduce((sum, { packed }) => sum + packed, 0);
      rows.push({ address, kind, files: files.length, bytes });
      expect.soft(bytes, address).toBeLessThanOrEqual(budget[kind]);
      const mermaid = files.filter(({ hasMermaid }) => hasMermaid);
      expect
        .soft(
          mermaid.map(({ url }) => url),
          `mermaid on ${address}`,
        )
        .toEqual([]);
    }
    console.table(rows);
  });

interface Fetched {
  readonly url: string;
  /** Its bytes. */
  readonly packed: number;
  readonly hasMermaid: boolean;
}

/** Tells what opening a page fetches; what pages share is weighed once. */
function watchFetches() {
  const weighed = new Map<string, Promise<Fetched>>();
  const weighOnce = (page: Page, url: string) => {
    const known = weighed.get(url) ?? weigh(page, url);
    weighed.set(url, known);
    return known;
  };
  return async (page: Page, address: string): Promise<Fetched[]> => {
    const urls = new Set<string>();
    page.on('request', (request) => urls.add(request.url()));
    await visit(page, address);
    await page.waitForLoadState('networkidle');
    return Promise.all([...urls].map((url) => weighOnce(page, url)));
  };
}

async function weigh(page: Page, url: string): Promise<Fetched> {
  const response = await page.request.get(url);
  const body = await response.body();
  return {
    url,
    packed: gzipSync(body).length,
    hasMermaid: mermaidCode.test(body.toString()),
  };
}
