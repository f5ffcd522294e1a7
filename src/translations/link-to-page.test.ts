import path from 'node:path';
import type { Link } from 'mdast';
import { describe, expect, it } from 'vitest';
import { linkToPage } from './link-to-page.ts';
import { temporarySite } from './temporary-site.ts';

const folder = 'i18n/ja/docusaurus-plugin-content-docs/current';

function resolve(from: string, url: string): string | undefined {
  const site = temporarySite({
    'docs/start/introduction.mdx': '',
    'docs/strategies/write-behind.mdx': '',
  });
  const node: Link = {
    type: 'link',
    url,
    children: [],
    position: {
      start: { line: 7, column: 1 },
      end: { line: 7, column: 9 },
    },
  };
  const sourceFilePath = path.relative('.', path.join(site, from));
  return linkToPage(site)({ sourceFilePath, url, node }) ?? undefined;
}

describe('a link to a file', () => {
  it('leads to the page although the page is not translated', () => {
    expect(
      resolve(
        `${folder}/start/introduction.mdx`,
        '../strategies/write-behind.mdx#pitfalls',
      ),
    ).toBe('/strategies/write-behind/#pitfalls');
  });

  it('leads from an English page to a translated one', () => {
    expect(
      resolve('docs/strategies/write-behind.mdx', '../start/introduction.mdx'),
    ).toBe('/start/introduction/');
  });

  it('fails the build when there is no such page', () => {
    expect(() =>
      resolve(`${folder}/start/introduction.mdx`, 'introducton.mdx'),
    ).toThrow(
      /start\/introduction\.mdx:7: no page introducton\.mdx; the nearest are start\/introduction, /,
    );
  });
});
