import { expect, type Page, test } from '@playwright/test';
import { layoutShifts, watchLayoutShifts } from './layout-shift.ts';
import { visit } from './visit.ts';

const address = '/production/tuning/';
const status = (page: Page) => page.locator('.calculator__status');
const field = (page: Page, name: string) => page.getByLabel(name);

/** What the result says of an option, as a number. */
async function option(page: Page, name: string): Promise<number> {
  const row = page.locator('.calculator__result tr', { hasText: name });
  const shown = await row.locator('td').textContent();
  return Number(shown?.replaceAll(',', ''));
}

test('the keyboard reaches all fields, and a number changes the advice', async ({
  page,
}) => {
  await visit(page, address);
  const before = await option(page, 'maxPending');
  await field(page, 'Writes in your busiest second').focus();
  for (const name of [/^Of them/, /^Key and value/, /batch of one row/]) {
    await page.keyboard.press('Tab');
    await expect(page.getByLabel(name)).toBeFocused();
  }
  await field(page, 'Outage in which').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('4');
  await expect.poll(() => option(page, 'maxPending')).toBeLessThan(before);
});

test('what is no number is marked, and told', async ({ page }) => {
  await visit(page, address);
  const rows = field(page, 'Key and value in memory');
  await expect(rows).toHaveAttribute('aria-invalid', 'false');
  await rows.fill('');
  await expect(rows).toHaveAttribute('aria-invalid', 'true');
  const id = await rows.getAttribute('aria-describedby');
  await expect(status(page)).toHaveAttribute('id', id ?? 'none');
  await expect(page.locator('.calculator__result')).toHaveCount(0);
});

test('what cannot be reached names the number that is in the way', async ({
  page,
}) => {
  await visit(page, address);
  const memory = field(page, 'Memory for the cache');
  await memory.fill('1');
  await expect(memory).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('[aria-invalid="true"]')).toHaveCount(1);
});

test('nothing jumps while it wakes up', async ({ page }) => {
  await watchLayoutShifts(page);
  await visit(page, address);
  await page.waitForLoadState('networkidle');
  await page.locator('.calculator').scrollIntoViewIfNeeded();
  await expect(field(page, 'Memory for the cache')).toBeEnabled();
  expect(await layoutShifts(page)).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('it is a worked example', async ({ page }) => {
    await page.goto(address);
    await expect(field(page, 'Memory for the cache')).toBeDisabled();
    await expect(page.locator('.calculator noscript p')).toBeVisible();
    expect(await option(page, 'maxPending')).toBeGreaterThan(0);
  });
});
