import type { SiteStorage } from '@docusaurus/types';

/**
 * Gives a page the theme that the reader has chosen elsewhere on the site, or
 * that of their system. A browser may forbid the storage to be read.
 */
export function themeScript({ type, namespace }: SiteStorage): string {
  const key = JSON.stringify(`theme${namespace}`);
  return `{
let theme;
try { theme = ${type}.getItem(${key}); } catch {}
theme ??= matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
document.documentElement.dataset.theme = theme;
}`;
}
