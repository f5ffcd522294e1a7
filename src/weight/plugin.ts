/** Keeps from the reader what no page of this site uses. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';
import { isDrawnInBrowser } from '../diagrams/drawn-in-browser.ts';
import type { LabelsOptions } from './labels-loader.ts';

type Alias = Record<string, string | false>;

export default function weightPlugin(context: LoadContext): Plugin {
  const { siteDir } = context;
  const { resolve } = createRequire(path.join(siteDir, 'package.json'));
  return {
    name: 'weight',
    configureWebpack({ mode, optimization }, isServer, { currentBundler }) {
      // Bundling Mermaid takes as long as all the rest. While pages are edited,
      // one may come to need it.
      const needsMermaid = mode !== 'production' || isDrawnInBrowser(siteDir);
      const mermaid: Alias = needsMermaid ? {} : { mermaid: false };
      const module = { rules: labelRules(context) };
      if (isServer) return { resolve: { alias: mermaid }, module };
      keepLetters(optimization?.minimizer ?? []);
      const { NormalModuleReplacementPlugin } = currentBundler.instance;
      const alias: Alias = {
        ...mermaid,
        [resolve(prismLanguages)]: false,
        [`${commonHelpers}$`]: path.join(siteDir, 'src/weight/utils-common.ts'),
      };
      return {
        resolve: { alias },
        module,
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

/**
 * The framework has each letter beyond ASCII written as six characters, which is
 * most of a page in Japanese. All its files are UTF-8 anyway.
 */
export function keepLetters(minimizers: readonly unknown[]): void {
  for (const minimizer of minimizers) {
    const format = formatOf(minimizer);
    if (format !== undefined) format.ascii_only = false;
  }
}

interface Format {
  ascii_only?: boolean;
}

/** How the minimizer of scripts writes; undefined for that of styles. */
function formatOf(minimizer: unknown): Format | undefined {
  const { _args: [options] = [] } = minimizer as {
    readonly _args?: readonly {
      readonly minimizerOptions?: { readonly format?: Format };
    }[];
  };
  return options?.minimizerOptions?.format;
}

function labelRules({ siteDir, generatedFilesDir, i18n }: LoadContext) {
  const labelsFile = path.join(generatedFilesDir, 'codeTranslations.json');
  const options: LabelsOptions = { labelsFile, locale: i18n.currentLocale };
  const loader = path.join(siteDir, 'src/weight/labels-loader.cjs');
  const use = [{ loader, options }];
  return [
    { test: /\.tsx?$/, include: path.join(siteDir, 'src'), use },
    { include: labelsFile, use },
  ].map((rule) => ({ ...rule, enforce: 'pre' as const }));
}

/** Brings the highlighter along, while code is highlighted at build time. */
export const prismLanguages =
  '@docusaurus/theme-classic/lib/prism-include-languages';

/** Of which two functions are used. */
export const commonHelpers = '@docusaurus/utils-common';

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
