import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** All that changes with the theme. */
export const rulesOfColours = ['color-contrast', 'link-in-text-block'];

interface Scope {
  readonly except?: readonly string[];
  /** All of axe's rules, unless some are named. */
  readonly rules?: string[];
}

/** What axe finds on a page as it stands, a line for each element. */
export async function violations(
  page: Page,
  { except = [], rules }: Scope = {},
): Promise<string[]> {
  // Without frames there is nothing to merge, which is what the other mode does
  // on a second page.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    // A long page has a megabyte of elements with which nothing is wrong.
    .options({ resultTypes: ['violations'] });
  for (const selector of except) axe.exclude(selector);
  if (rules !== undefined) axe.withRules(rules);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
  );
}
