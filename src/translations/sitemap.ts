import type { Options } from '@docusaurus/plugin-sitemap';
import type { RouteConfig } from '@docusaurus/types';
import { docsFolder, sourceLocale, translatedLocales } from '../site.ts';

/**
 * Leaves the English pages that stand in for missing translations out of the
 * map of a language: they belong to the English site.
 */
export const createSitemapItems: NonNullable<
  Options['createSitemapItems']
> = async ({ defaultCreateSitemapItems, routes, siteConfig }) =>
  defaultCreateSitemapItems({
    siteConfig,
    routes: isSource(siteConfig.baseUrl) ? routes : routes.flatMap(ownRoutes),
  });

function isSource(baseUrl: string): boolean {
  return !translatedLocales.some((locale) => baseUrl.endsWith(`/${locale}/`));
}

function ownRoutes(route: RouteConfig): RouteConfig[] {
  const source = route.metadata?.sourceFilePath;
  if (source?.startsWith(`${docsFolder(sourceLocale)}/`)) return [];
  return route.routes === undefined
    ? [route]
    : [{ ...route, routes: route.routes.flatMap(ownRoutes) }];
}
