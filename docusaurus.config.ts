import { execFileSync } from 'node:child_process';
import type * as Preset from '@docusaurus/preset-classic';
import type { Config } from '@docusaurus/types';
import { fallback } from './src/diagrams/fallback.ts';
import remarkDiagrams from './src/diagrams/remark-diagrams.ts';
import remarkMeasured from './src/measured/remark-measured.ts';
import { locales, sourceLocale } from './src/site.ts';
import remarkSnippets from './src/snippets/remark-snippets.ts';
import { linkToPage } from './src/translations/link-to-page.ts';
import { createSitemapItems } from './src/translations/sitemap.ts';

// Where the site is published, and where its source is: both are facts of a
// deployment. Without them the site is right for the reader's own machine, and
// shows no link to a repository that it does not know.
const url = process.env.SITE_URL ?? 'http://localhost:3000';
const repository = process.env.REPOSITORY_URL;

export default {
  title: 'Dirty Bit',
  tagline: 'Writing through caches, with code that runs',
  favicon: 'img/mark.svg',
  url,
  baseUrl: '/',
  trailingSlash: true,
  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  onDuplicateRoutes: 'throw',
  i18n: {
    defaultLocale: sourceLocale,
    locales: [...locales],
    localeConfigs: {
      en: { label: 'English', htmlLang: 'en' },
      vi: { label: 'Tiếng Việt', htmlLang: 'vi' },
      ja: { label: '日本語', htmlLang: 'ja' },
    },
  },
  markdown: {
    mermaid: true,
    mdx1Compat: { headingIds: true },
    hooks: {
      onBrokenMarkdownLinks: linkToPage(__dirname),
      onBrokenMarkdownImages: 'throw',
    },
  },
  themes: ['@docusaurus/theme-mermaid'],
  plugins: [
    './src/translations/plugin.ts',
    './src/code-pages/plugin.ts',
    './src/weight/plugin.ts',
  ],
  // No page shows when it was last changed: the history need not be read.
  future: { v4: true, faster: true, experimental_vcs: false },
  customFields: { repository, commit: repository ? commit() : undefined },
  presets: [
    [
      'classic',
      {
        blog: false,
        docs: {
          routeBasePath: '/',
          sidebarPath: './sidebars.ts',
          breadcrumbs: false,
          ...(repository
            ? {
                editUrl: `${repository}/edit/main/`,
                editLocalizedFiles: true,
              }
            : {}),
          beforeDefaultRemarkPlugins: [
            [remarkDiagrams, { siteDir: __dirname }],
            [remarkSnippets, { siteDir: __dirname }],
            [remarkMeasured, { siteDir: __dirname }],
          ],
        },
        pages: {
          beforeDefaultRemarkPlugins: [
            [remarkDiagrams, { siteDir: __dirname }],
            [remarkSnippets, { siteDir: __dirname }],
            [remarkMeasured, { siteDir: __dirname }],
          ],
        },
        sitemap: { createSitemapItems },
        theme: {
          customCss: [
            './src/css/colours.css',
            './src/css/type.css',
            './src/css/layout.css',
            './src/css/prose.css',
            './src/css/chrome.css',
            './src/css/print.css',
          ],
        },
      } satisfies Preset.Options,
    ],
  ],
  themeConfig: {
    image: 'img/social-card.png',
    colorMode: { respectPrefersColorScheme: true },
    // Code is coloured when the site is built. The default is 1 kB on every page.
    prism: { theme: { plain: {}, styles: [] } },
    mermaid: fallback,
    navbar: {
      title: 'Dirty Bit',
      logo: { src: 'img/mark.svg', width: 24, height: 24 },
      items: [
        section('start', 'introduction', 'Start here'),
        section('strategies', 'write-behind', 'Strategies'),
        section('write-behind', 'anatomy', 'In depth'),
        section('pitfalls', 'scoreboard', 'Pitfalls'),
        section('production', 'redis-postgres', 'In production'),
        section('reference', 'benchmarks', 'Reference'),
        section('contribute', 'examples', 'Contribute'),
        { type: 'localeDropdown', position: 'right' },
        ...(repository
          ? [{ href: repository, label: 'Source', position: 'right' as const }]
          : []),
      ],
    },
    footer: {
      copyright: 'Dirty Bit contributors',
      links: [
        { label: 'Code: MIT', href: 'https://opensource.org/license/mit' },
        {
          label: 'Prose: CC BY 4.0',
          href: 'https://creativecommons.org/licenses/by/4.0/',
        },
      ],
    },
  } satisfies Preset.ThemeConfig,
} satisfies Config;

/** A link to a section's first page, current on all of its pages. */
function section(name: string, page: string, label: string) {
  return { to: `/${name}/${page}/`, activeBasePath: `/${name}/`, label };
}

function commit(): string {
  return execFileSync('git', ['rev-parse', 'HEAD'], {
    encoding: 'utf8',
  }).trim();
}
