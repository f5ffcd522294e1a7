import { expect, type Locator, type Page, test } from '@playwright/test';
import { collectComplaints } from './complaints.ts';
import { layoutShifts, watchLayoutShifts } from './layout-shift.ts';
import { visit } from './visit.ts';

const address = '/start/choosing/';
const sessions =
  'loss=seconds&outage=accept&writes=many&counts=last&readers=nobody&processes=one&reads=soon&kept=row';
const telephone = { width: 390, height: 844 };

function result(page: Page): Locator {
  return page.locator('.chooser__result');
}

/** The link that the recommendation is about. */
function recommended(page: Page): Locator {
  return page.locator('.chooser__strategy');
}

/** The result in a line. */
function status(page: Page): Locator {
  return page.locator('.chooser').getByRole('status');
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
  for (let stop = 0; stop < 7; stop++) await page.keyboard.press('Tab');
  await expect(restart).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.locator('.chooser__status a')).toBeFocused();
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
  await answer(page, 'outage', 'fail').check();
  await expect.poll(() => searchOf(page)).toBe('?outage=fail&reads=soon');
  await expect(recommended(page)).toHaveText('Write-through');

  await page.goBack();
  await expect(page).toHaveURL('/start/introduction/');
  await page.goForward();
  await expect(answer(page, 'outage', 'fail')).toBeChecked();
  await expect(recommended(page)).toHaveText('Write-through');
});

test('the keyboard takes back one answer', async ({ page }) => {
  await visit(page, `${address}?loss=none&reads=soon`);
  await answer(page, 'loss', 'none').focus();
  await page.keyboard.press('Shift+Tab');
  const clear = page.getByRole('button', { name: /^Clear: Can you lose/ });
  await expect(clear).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${address}?reads=soon`);
  await expect(answer(page, 'loss', 'seconds')).toBeFocused();
  await expect(answer(page, 'loss', 'seconds')).not.toBeChecked();
  await expect(page.locator('.chooser__clear')).toHaveCount(1);
});

for (const view of [telephone, { width: 1280, height: 800 }])
  test(`shared answers arrive at ${view.width} px, and nothing jumps`, async ({
    page,
    baseURL,
  }) => {
    const complaints = collectComplaints(page, baseURL);
    await page.setViewportSize(view);
    await watchLayoutShifts(page);
    await visit(page, `${address}?${sessions}`);
    await expect(page.locator('.chooser input:checked')).toHaveCount(8);
    await expect(recommended(page)).toHaveText('Write-behind, in memory');
    await page.waitForLoadState('networkidle');
    expect(await layoutShifts(page)).toEqual([]);
    const width = await page.evaluate(
      () => document.scrollingElement?.scrollWidth,
    );
    expect(width).toBeLessThanOrEqual(view.width);
    expect(complaints).toEqual([]);
  });

test('an address from when there were six questions still works', async ({
  page,
}) => {
  await visit(
    page,
    `${address}?loss=none&outage=fail&writes=few&readers=nobody&reads=soon&kept=row`,
  );
  await expect(page.locator('.chooser input:checked')).toHaveCount(6);
  await expect(recommended(page)).toHaveText('Write-through');
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
  await expect(status(page)).toHaveText('2 answers exclude each other');
  await expect(answer(page, 'writes', 'many')).toHaveAccessibleDescription(
    /together with:.*must see each change at once/,
  );
  await expect(answer(page, 'readers', 'at-once')).toHaveAccessibleDescription(
    /together with:.*More than that/,
  );
  await expect(page.locator('.chooser__conflict')).toHaveCount(2);
});

test('equal strategies have no winner', async ({ page }) => {
  await visit(page, `${address}?writes=few`);
  await expect(status(page)).toHaveText('5 strategies fit equally well');
  await expect(recommended(page)).toHaveCount(0);
  for (const name of ['Write-through', 'Read-through', 'No cache at all'])
    await expect(result(page)).toContainText(name);
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
  await expect(status(page)).toHaveText('Nothing is ruled out so far');
  await status(page).evaluate((line) => line.setAttribute('data-same', ''));
  await answer(page, 'reads', 'often').check();
  await expect(status(page)).toHaveText(/^Leaning towards: Read-through/);
  await answer(page, 'reads', 'exact').check();
  await expect(status(page)).toHaveText('Recommended: No cache at all');
  // A region that were replaced would stay silent.
  await expect(status(page)).toHaveAttribute('data-same');
  await expect(page.locator('.chooser [aria-live]')).toHaveCount(0);
});

test.describe('on a telephone', () => {
  test.use({ viewport: telephone });

  test('the result stays in sight, and leads to its reasons', async ({
    page,
  }) => {
    await visit(page, address);
    await answer(page, 'loss', 'none').check();
    await expect(status(page)).toBeInViewport({ ratio: 1 });
    await page.locator('.chooser__status a').click();
    await expect(result(page)).toBeInViewport();
    await expect(page).toHaveURL(`${address}?loss=none#chooser-result`);
  });

  test('the result in sight covers no answer that has the focus', async ({
    page,
  }) => {
    await visit(page, address);
    await answer(page, 'loss', 'none').focus();
    for (let question = 1; question < 8; question++) {
      await page.keyboard.press('Tab');
      const [focused, line] = await Promise.all(
        [page.locator(':focus'), page.locator('.chooser__status')].map((one) =>
          one.boundingBox(),
        ),
      );
      if (!focused || !line) throw new Error('nothing has the focus');
      expect(focused.y + focused.height).toBeLessThanOrEqual(line.y);
    }
  });
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
