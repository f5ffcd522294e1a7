import path from 'node:path';
import type { OnBrokenMarkdownLinksFunction } from '@docusaurus/types';
import { pageIds } from '../mdx/page.ts';
import { byNearness } from '../nearest.ts';
import { sourceLocale } from '../site.ts';
import { idOfFile } from './page-id.ts';

/**
 * Where a link to a file leads that Docusaurus does not find. It looks beside
 * the page only; where a page is not translated, its file stands beside the
 * English ones, and its address is the same nevertheless.
 */
export function linkToPage(siteDir: string): OnBrokenMarkdownLinksFunction {
  return ({ sourceFilePath, url, node }) => {
    const [, pathname = '', suffix = ''] = /^([^?#]*)(.*)$/.exec(url) ?? [];
    const source = path.resolve(sourceFilePath);
    const target = path.resolve(path.dirname(source), decodeURI(pathname));
    const file = path.relative(siteDir, target).replaceAll(path.sep, '/');
    const known = pageIds(siteDir, sourceLocale);
    const id = idOfFile(file);
    if (id !== undefined && known.includes(id)) return `/${id}/${suffix}`;
    const nearest = byNearness(id ?? pathname, known)
      .slice(0, 3)
      .join(', ');
    throw new Error(
      `${sourceFilePath}:${node.position?.start.line ?? 1}: no page ${url}; the nearest are ${nearest}`,
    );
  };
}
