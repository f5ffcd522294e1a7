import type { DocusaurusConfig, RouteConfig } from '@docusaurus/types';
import { expect, it } from 'vitest';
import { createSitemapItems } from './sitemap.ts';

const routes: RouteConfig[] = [
  { path: '/', component: 'home' },
  {
    path: '/',
    component: 'docs',
    routes: [
      page(
        '/translated/',
        'i18n/ja/docusaurus-plugin-content-docs/current/translated.mdx',
      ),
      page('/english/', 'docs/english.mdx'),
    ],
  },
];

it('holds the pages of a language, and no English ones in their place', async () => {
  expect(await pathsOf('/ja/')).toEqual(['/', '/', '/translated/']);
});

it('holds all pages in English', async () => {
  expect(await pathsOf('/')).toEqual(['/', '/', '/translated/', '/english/']);
});

async function pathsOf(baseUrl: string): Promise<string[]> {
  const items = await createSitemapItems({
    siteConfig: { baseUrl } as DocusaurusConfig,
    routes,
    defaultCreateSitemapItems: async (params) =>
      params.routes
        .flatMap((route) => [route, ...(route.routes ?? [])])
        .map(({ path }) => ({ url: path })),
  });
  return items.map(({ url }) => url);
}

function page(path: string, sourceFilePath: string): RouteConfig {
  return { path, component: 'page', metadata: { sourceFilePath } };
}
