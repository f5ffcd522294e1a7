import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds on a page as it stands, a line for each element. */
export async function violations(
  page: Page,
  except: readonly string[] = [],
): Promise<string[]> {
  // Without frames there is nothing to merge, which is what the other mode does
  // on a second page.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  for (const selector of except) axe.exclude(selector);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
  );
}
