import path from 'node:path';
import { expect, test } from 'vitest';
import sidebars from '../sidebars.ts';
import { pageIds } from './mdx/page.ts';
import { sourceLocale } from './site.ts';

test('the sidebar names every page once, and nothing else', () => {
  const named = sidebars.docs.flatMap((section) => section.items);
  const pages = pageIds(path.join(import.meta.dirname, '..'), sourceLocale);
  expect(named.toSorted()).toEqual(pages.toSorted());
});
