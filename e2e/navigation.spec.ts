import { expect, test } from '@playwright/test';
import { collectComplaints } from './complaints.ts';
import { visit } from './visit.ts';

test('code and diagrams arrive by a link within the site too', async ({
  page,
  baseURL,
}) => {
  const complaints = collectComplaints(page, baseURL);
  await visit(page, '/start/introduction/');
  const documents: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) documents.push(request.url());
  });

  await page.locator('.navbar a[href="/strategies/write-behind/"]').click();
  await expect(page).toHaveURL('/strategies/write-behind/');
  const code = page.locator('.snippet code');
  await expect(code).not.toHaveCount(0);
  for (const snippet of await code.all())
    await expect(snippet).toHaveText(/\S/);
  const pictures = page.locator('figure.diagram').getByRole('img');
  await expect(pictures).not.toHaveCount(0);
  for (const picture of await pictures.all())
    await expect(picture).toBeVisible();

  expect(documents, 'pages that were loaded anew').toEqual([]);
  expect(complaints).toEqual([]);
});
