import { expect, test } from '@playwright/test';
import { locales, sourceLocale } from '../src/site.ts';
import { rulesOfColours, violations } from './accessibility.ts';
import { collectComplaints } from './complaints.ts';
import { layoutShiftsOnceArrived, watchLayoutShifts } from './layout-shift.ts';
import { codePagesOf, longestCodePageOf, pagesOf } from './sitemap.ts';
import { visit } from './visit.ts';

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };

type View = typeof phone;
type Theme = 'light' | 'dark';

for (const locale of locales) {
  const isSource = locale === sourceLocale;
  // The colours are those of the source's pages: one theme in each view will do.
  for (const address of pagesOf(locale)) {
    check(address, phone, { themes: isSource ? ['light', 'dark'] : ['light'] });
    check(address, desk, {
      themes: isSource ? ['light', 'dark'] : ['dark'],
      withCode: isSource,
    });
  }
  // Lists of files, which differ in nothing but their names. Where all are well
  // in their narrowest form, one will do for the others. They look at the theme
  // when they are opened, so that each theme needs a visit.
  const longest = longestCodePageOf(locale);
  const lists = isSource ? codePagesOf(locale) : [longest];
  for (const address of lists) check(address, phone, { themes: ['light'] });
  for (const theme of ['light', 'dark'] as const)
    check(longest, desk, { themes: [theme] });
}
for (const view of [phone, desk])
  check('/404.html', view, { themes: ['light', 'dark'] });

interface Scope {
  /** In the first of them all is looked at, in the others the colours. */
  readonly themes: readonly [Theme, ...Theme[]];
  /**
   * The code on a page takes axe longer than all the rest of it, and has the
   * same colours everywhere: it is looked into in some of the views.
   */
  readonly withCode?: boolean;
}

function check(
  address: string,
  view: View,
  { themes, withCode = false }: Scope,
): void {
  test.describe(`at ${view.width} px in ${themes.join(' and ')}`, () => {
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
      const except = withCode ? [] : ['pre code'];
      const html = page.locator('html');
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme });
        await expect(html).toHaveAttribute('data-theme', colorScheme);
        // Half-way from one theme to the other, no colour is what it shall be.
        await page.addStyleTag({
          content: '*, ::before, ::after { transition: none !important }',
        });
        const found = await violations(page, {
          except,
          ...(colorScheme === themes[0] ? {} : { rules: rulesOfColours }),
        });
        expect.soft(found, colorScheme).toEqual([]);
      }
      expect(complaints).toEqual([]);
    });
  });
}
