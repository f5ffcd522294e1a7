import { expect, test } from '@playwright/test';
import { locales } from '../src/site.ts';
import { pagesWith } from './sitemap.ts';

test.use({ javaScriptEnabled: false });

for (const locale of locales)
  for (const address of pagesWith(locale, /class="?diagram\b/))
    test(`${address} shows its diagrams without JavaScript`, async ({
      page,
    }) => {
      await page.goto(address);
      const diagrams = page.locator('figure.diagram');
      await expect(diagrams).not.toHaveCount(0);
      for (const diagram of await diagrams.all()) {
        const picture = diagram.getByRole('img', { name: /\S/ });
        await expect(picture).toBeVisible();
        const box = await picture.boundingBox();
        expect(box?.width).toBeGreaterThan(40);
        expect(box?.height).toBeGreaterThan(40);
      }
    });
