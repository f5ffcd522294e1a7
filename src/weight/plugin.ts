/** Keeps from the reader what no page of this site uses. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';
import { isDrawnInBrowser } from '../diagrams/drawn-in-browser.ts';

type Alias = Record<string, false>;

export default function weightPlugin({ siteDir }: LoadContext): Plugin {
  const { resolve } = createRequire(path.join(siteDir, 'package.json'));
  return {
    name: 'weight',
    configureWebpack({ mode }, isServer, { currentBundler }) {
      // Bundling Mermaid takes as long as all the rest. While pages are edited,
      // one may come to need it.
      const needsMermaid = mode !== 'production' || isDrawnInBrowser(siteDir);
      const mermaid: Alias = needsMermaid ? {} : { mermaid: false };
      if (isServer) return { resolve: { alias: mermaid } };
      const { NormalModuleReplacementPlugin } = currentBundler.instance;
      return {
        resolve: { alias: { ...mermaid, [resolve(prismLanguages)]: false } },
        optimization: { splitChunks: { cacheGroups: { common } } },
        plugins: [
          new NormalModuleReplacementPlugin(
            prefetchHelper,
            path.join(siteDir, 'src/weight/no-prefetch.ts'),
          ),
        ],
      };
    },
  };
}

/** Brings the highlighter along, while code is highlighted at build time. */
export const prismLanguages =
  '@docusaurus/theme-classic/lib/prism-include-languages';

/** How the framework imports what fetches the pages behind visible links. */
export const prefetchHelper = /^\.\/prefetch$/;

/**
 * What half of the pages share goes into one chunk that all of them load, and
 * the framework takes every chunk for a page. Its own chunks have names; those
 * that Mermaid is made of have none, and stay with whoever needs them.
 */
export const common = {
  chunks: ({ name }: { readonly name?: string | null | undefined }) =>
    Boolean(name),
};
