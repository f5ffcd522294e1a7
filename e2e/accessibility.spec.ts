import { expect, test } from '@playwright/test';
import { rulesOfColours, violations } from './accessibility.ts';

test('what shuts somebody out is found', async ({ page }) => {
  await page.setContent(`
    <html lang="en">
      <title>Two mistakes</title>
      <main>
        <h1>Two mistakes</h1>
        <img src="data:,">
        <p style="color: #aaa; background: #fff">Too pale</p>
        <pre><code style="color: #aaa; background: #fff">pale</code></pre>
      </main>
    </html>`);
  const found = async (...options: Parameters<typeof violations>) =>
    (await violations(...options)).map((line) => line.replace(/:.*:/, ':'));

  expect(await found(page)).toEqual([
    'color-contrast: p',
    'color-contrast: code',
    'image-alt: img',
  ]);
  const except = ['pre code'];
  expect(await found(page, { except, rules: rulesOfColours })).toEqual([
    'color-contrast: p',
  ]);
});
