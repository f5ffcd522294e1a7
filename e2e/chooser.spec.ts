import { expect, type Locator, type Page, test } from '@playwright/test';
import { collectComplaints } from './complaints.ts';
import { layoutShift, watchLayoutShift } from './layout-shift.ts';
import { visit } from './visit.ts';

const address = '/start/choosing/';
const sessions =
  'loss=seconds&outage=accept&writes=many&readers=nobody&reads=soon&kept=row';

function result(page: Page): Locator {
  return page.locator('.chooser__result');
}

/** The link that the recommendation is about. */
function recommended(page: Page): Locator {
  return page.locator('.chooser__strategy');
}

function answer(page: Page, question: string, value: string): Locator {
  return page.locator(`input[name="${question}"][value="${value}"]`);
}

async function searchOf(page: Page): Promise<string> {
  return page.evaluate(() => window.location.search);
}

test('the keyboard answers, starts again and leads to the strategy', async ({
  page,
}) => {
  await visit(page, address);
  await answer(page, 'loss', 'seconds').focus();
  await page.keyboard.press('ArrowDown');
  await expect(answer(page, 'loss', 'none')).toBeChecked();

  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(answer(page, 'outage', 'accept')).toBeChecked();
  await expect(recommended(page)).toHaveText(/journal/);

  const restart = page.locator('.chooser__restart');
  // One stop for each question that is left.
  for (let stop = 0; stop < 5; stop++) await page.keyboard.press('Tab');
  await expect(restart).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/strategies/write-behind/#journal');

  await page.goBack();
  await expect(answer(page, 'loss', 'none')).toBeChecked();
  await restart.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.chooser input:checked')).toHaveCount(0);
  await expect(page).toHaveURL(address);
});

test('the address keeps the answers, and makes no history of them', async ({
  page,
}) => {
  await visit(page, '/start/introduction/');
  await visit(page, address);
  await answer(page, 'reads', 'soon').check();
  await answer(page, 'loss', 'none').check();
  await expect.poll(() => searchOf(page)).toBe('?loss=none&reads=soon');
  await expect(recommended(page)).toHaveText('Write-through');

  await page.goBack();
  await expect(page).toHaveURL('/start/introduction/');
  await page.goForward();
  await expect(answer(page, 'loss', 'none')).toBeChecked();
  await expect(recommended(page)).toHaveText('Write-through');
});

for (const view of [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
])
  test(`shared answers arrive at ${view.width} px, and nothing jumps`, async ({
    page,
    baseURL,
  }) => {
    const complaints = collectComplaints(page, baseURL);
    await page.setViewportSize(view);
    await watchLayoutShift(page);
    await visit(page, `${address}?${sessions}`);
    await expect(page.locator('.chooser input:checked')).toHaveCount(6);
    await expect(recommended(page)).toHaveText('Write-behind, in memory');
    await page.waitForLoadState('networkidle');
    expect(await layoutShift(page)).toBe(0);
    const width = await page.evaluate(
      () => document.scrollingElement?.scrollWidth,
    );
    expect(width).toBeLessThanOrEqual(view.width);
    expect(complaints).toEqual([]);
  });

test('what the address says wrongly is ignored', async ({ page }) => {
  await visit(page, `${address}?loss=everything&colour=red&kept=row`);
  await expect(page.locator('.chooser input:checked')).toHaveCount(1);
  await expect(answer(page, 'kept', 'row')).toBeChecked();
});

test('answers that contradict each other are told apart', async ({ page }) => {
  await visit(page, `${address}?writes=many&readers=at-once`);
  await expect(result(page)).toContainText('No strategy fits');
  await expect(result(page)).toContainText('exclude each other');
});

test('another language keeps the answers', async ({ page }) => {
  await visit(page, `${address}?loss=none&outage=accept`);
  const menu = page.locator('.navbar .dropdown').first();
  await menu.hover();
  await menu.locator('a[lang=ja]').click();
  await expect(page).toHaveURL(`/ja${address}?loss=none&outage=accept`);
  await expect(answer(page, 'loss', 'none')).toBeChecked();
  await expect(recommended(page)).toHaveText(/ジャーナル/);
});

test('what changes is said aloud', async ({ page }) => {
  await visit(page, address);
  await expect(result(page)).toHaveAttribute('aria-live', 'polite');
  await result(page).evaluate((region) => region.setAttribute('data-same', ''));
  await answer(page, 'reads', 'exact').check();
  await expect(recommended(page)).toHaveText('No cache at all');
  // A region that were replaced would stay silent.
  await expect(result(page)).toHaveAttribute('data-same');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page leads to the table, and asks nothing', async ({ page }) => {
    await page.goto(address);
    await expect(page.locator('.chooser input').first()).toBeHidden();
    await page.locator('.chooser a[href="#comparison"]').click();
    await expect(page).toHaveURL(`${address}#comparison`);
    await expect(
      page.locator('#comparison ~ .table-scroll').first(),
    ).toBeVisible();
  });
});
