import { expect, test } from '@playwright/test';
import { visit } from './visit.ts';

const address = '/strategies/write-behind/';

test.describe('on a wide screen', () => {
  test.use({ viewport: { width: 1600, height: 900 } });

  test('before and after stand side by side', async ({ page }) => {
    await visit(page, address);
    const panes = page.locator('.side-by-side__pane');
    await expect(panes).toHaveCount(2);
    const before = await panes.first().boundingBox();
    const after = await panes.last().boundingBox();
    if (before === null || after === null) throw new Error('a pane is hidden');
    expect(after.y).toBe(before.y);
    expect(after.x).toBeGreaterThanOrEqual(before.x + before.width);
  });
});

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('before and after are tabs, for the pointer and the keyboard', async ({
    page,
  }) => {
    await visit(page, address);
    const [before, after] = await page.locator('.side-by-side__pane').all();
    if (before === undefined || after === undefined)
      throw new Error('there are no two panes');
    await expect(before).toBeVisible();
    await expect(after).toBeHidden();

    await page.locator('.side-by-side label').last().click();
    await expect(before).toBeHidden();
    await expect(after).toBeVisible();

    await page.keyboard.press('ArrowLeft');
    await expect(before).toBeVisible();
    await expect(after).toBeHidden();
  });
});
