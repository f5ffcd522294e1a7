import { expect, test } from '@playwright/test';
import { locales, sourceLocale } from '../src/site.ts';
import { violations } from './accessibility.ts';
import { collectComplaints } from './complaints.ts';
import { layoutShiftsOnceArrived, watchLayoutShifts } from './layout-shift.ts';
import { kindOf } from './page-kind.ts';
import { codePagesOf, longestCodePageOf, pagesOf } from './sitemap.ts';
import { visit } from './visit.ts';

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };
const themes = ['light', 'dark'] as const;

type View = typeof phone;

for (const locale of locales) {
  const isSource = locale === sourceLocale;
  for (const address of pagesOf(locale))
    check(address, [phone, desk], isSource ? [desk] : []);
  // Lists of files, which differ in nothing but their names. Where all are well
  // in their narrowest form, one will do for the others.
  if (isSource)
    for (const address of codePagesOf(locale)) check(address, [phone]);
  check(longestCodePageOf(locale), isSource ? [desk] : [phone, desk]);
}
check('/404.html', [phone, desk]);

/**
 * The code on a page takes axe longer than all the rest of it, and has the same
 * colours everywhere: it is looked into in some of the views.
 */
function check(
  address: string,
  views: readonly View[],
  withCode: readonly View[] = [],
): void {
  for (const view of views)
    test.describe(`at ${view.width} px`, () => {
      test.use({ viewport: view, colorScheme: themes[0] });

      test(`${address} is quiet, still, in its frame and open to everyone`, async ({
        page,
        baseURL,
      }) => {
        const complaints = collectComplaints(page, baseURL);
        await watchLayoutShifts(page);
        await visit(page, address);
        await page.waitForLoadState('networkidle');

        expect.soft(await layoutShiftsOnceArrived(page)).toEqual([]);
        const width = await page.evaluate(
          () => document.scrollingElement?.scrollWidth,
        );
        expect.soft(width).toBeLessThanOrEqual(view.width);
        const except = withCode.includes(view) ? [] : ['pre code'];
        const html = page.locator('html');
        for (const colorScheme of themes) {
          await page.emulateMedia({ colorScheme });
          // A list of files looks at the theme when it is opened.
          if (kindOf(address) === 'code') await visit(page, address);
          // The next visit would cut off what is still fetched, which complains.
          await page.waitForLoadState('networkidle');
          await expect(html).toHaveAttribute('data-theme', colorScheme);
          // Half-way from one theme to the other, no colour is what it shall be.
          await page.addStyleTag({
            content: '*, ::before, ::after { transition: none !important }',
          });
          expect.soft(await violations(page, except), colorScheme).toEqual([]);
        }
        expect(complaints).toEqual([]);
      });
    });
}
