import { expect, test } from '@playwright/test';
import { violations } from './accessibility.ts';
import { collectComplaints } from './complaints.ts';
import { layoutShift, watchLayoutShift } from './layout-shift.ts';
import { kindOf } from './page-kind.ts';
import { everyPage } from './sitemap.ts';
import { visit } from './visit.ts';

const viewports = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

for (const viewport of viewports)
  for (const colorScheme of ['light', 'dark'] as const)
    test.describe(`${colorScheme}, at ${viewport.width} px`, () => {
      test.use({ viewport, colorScheme });

      for (const address of everyPage)
        test(`${address} is quiet, still, in its frame and open to everyone`, async ({
          page,
          baseURL,
        }) => {
          const complaints = collectComplaints(page, baseURL);
          await watchLayoutShift(page);
          await visit(page, address);
          await page.waitForLoadState('networkidle');

          const html = page.locator('html');
          await expect(html).toHaveAttribute('data-theme', colorScheme);
          expect.soft(await layoutShift(page)).toBe(0);
          const width = await page.evaluate(
            () => document.scrollingElement?.scrollWidth,
          );
          expect.soft(width).toBeLessThanOrEqual(viewport.width);
          // A whole file is a minute's work for axe, and shows no colour that
          // the code on other pages does not.
          const except = kindOf(address) === 'code' ? ['pre code'] : [];
          expect.soft(await violations(page, except)).toEqual([]);
          expect(complaints).toEqual([]);
        });
    });
