import { expect, type Page, test } from '@playwright/test';
import { visit } from './visit.ts';

const address = '/strategies/write-behind/';

/** From 0, black, to 255, white. */
function brightness(page: Page, selector: string): Promise<number> {
  return page.evaluate((selector) => {
    const element = document.querySelector(selector);
    if (element === null) throw new Error(`no ${selector}`);
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    if (canvas === null) throw new Error('no canvas');
    canvas.fillStyle = getComputedStyle(element).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / 3;
  }, selector);
}

test('the page is dark or light as the system asks', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await visit(page, address);
  expect(await brightness(page, 'html')).toBeLessThan(64);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  expect(await brightness(page, 'html')).toBeGreaterThan(192);
});

test('the reader chooses another theme, and it stays', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await visit(page, address);
  const html = page.locator('html');
  const toggle = page.getByRole('button', { name: /dark and light/i });
  for (const choice of ['light', 'dark']) {
    await toggle.click();
    await expect(html).toHaveAttribute('data-theme-choice', choice);
  }
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await visit(page, '/start/introduction/');
  await expect(html).toHaveAttribute('data-theme', 'dark');
});
