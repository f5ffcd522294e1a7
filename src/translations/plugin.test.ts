import type { LoadContext } from '@docusaurus/types';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../mdx/page.ts';
import translationsPlugin from './plugin.ts';
import { sourceHash } from './source-hash.ts';
import { temporarySite } from './temporary-site.ts';

const english = '---\ntitle: Page\n---\n\nText.\n';
const folderOf = (locale: string) =>
  `i18n/${locale}/docusaurus-plugin-content-docs/current`;

describe('the pages are told', () => {
  it('nothing when every page is translated and accepted', async () => {
    const translation = await accepted();
    const site = {
      'docs/start/page.mdx': english,
      [`${folderOf('vi')}/start/page.mdx`]: translation,
      [`${folderOf('ja')}/start/page.mdx`]: translation,
    };
    expect(await dataOf(site, 'ja')).toEqual({ untranslated: {}, stale: [] });
  });

  it('which languages a page is not written in, wherever they are', async () => {
    const site = {
      'docs/start/page.mdx': english,
      [`${folderOf('vi')}/start/page.mdx`]: await accepted(),
    };
    const expected = { 'start/page': ['ja'] };
    expect((await dataOf(site, 'en')).untranslated).toEqual(expected);
    expect((await dataOf(site, 'vi')).untranslated).toEqual(expected);
    expect((await dataOf(site, 'ja')).untranslated).toEqual(expected);
  });

  it('which translations into their language are stale', async () => {
    const site = {
      'docs/start/page.mdx': english.replace('Text', 'New text'),
      [`${folderOf('vi')}/start/page.mdx`]: await accepted(),
      [`${folderOf('ja')}/start/page.mdx`]: english,
    };
    expect((await dataOf(site, 'vi')).stale).toEqual(['start/page']);
    expect((await dataOf(site, 'ja')).stale).toEqual(['start/page']);
    expect((await dataOf(site, 'en')).stale).toEqual([]);
  });

  it('by the address of a page, which need not be that of its file', async () => {
    const site = { 'docs/start/page.mdx': english };
    const docs = [
      { source: '@site/docs/start/page.mdx', permalink: '/ja/begin/' },
    ];
    expect((await dataOf(site, 'ja', docs)).untranslated).toEqual({
      begin: ['vi', 'ja'],
    });
  });
});

async function accepted(): Promise<string> {
  const source = {
    id: 'page',
    locale: 'en',
    file: 'x',
    text: english,
  } as const;
  const hash = sourceHash(await parsePage(source));
  return `---\ntitle: Trang\nsourceHash: '${hash}'\n---\n`;
}

async function dataOf(
  files: Readonly<Record<string, string>>,
  currentLocale: string,
  docs: readonly object[] = [],
) {
  const plugin = translationsPlugin({
    siteDir: temporarySite(files),
    siteConfig: {
      baseUrl: currentLocale === 'en' ? '/' : `/${currentLocale}/`,
    },
    i18n: { currentLocale },
  } as LoadContext);
  const told: unknown[] = [];
  await plugin.allContentLoaded?.({
    allContent: {
      'docusaurus-plugin-content-docs': {
        default: { loadedVersions: [{ docs }] },
      },
    },
    actions: {
      setGlobalData: (data) => told.push(data),
      addRoute: () => {},
      createData: async () => '',
    },
  });
  return told[0] as { untranslated: object; stale: string[] };
}
