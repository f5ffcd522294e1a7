import { expect, type Page } from '@playwright/test';
import { kindOf } from './page-kind.ts';

/** Opens a page, and waits until its scripts have taken it over. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  // The lists of the published code are plain HTML.
  if (kindOf(address) === 'code') return;
  await expect(page.locator('html')).toHaveAttribute(
    'data-has-hydrated',
    'true',
  );
}
