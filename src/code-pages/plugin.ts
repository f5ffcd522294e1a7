/**
 * Publishes the examples under /code/: each file as it is, and for each folder a
 * page that shows its files. `npm run dev` serves the same, made anew each time.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';
import express, { type Express } from 'express';
import type { Configuration as DevServer } from 'webpack-dev-server';
import { pageFile } from '../mdx/page.ts';
import { sourceLocale } from '../site.ts';
import {
  examplePath,
  listExamples,
  readExample,
} from '../snippets/example-files.ts';
import { folderAddress, plainAddress } from './address.ts';
import {
  type FolderPage,
  type Frame,
  renderFolderPage,
} from './folder-page.ts';
import { foldersOf } from './folders.ts';
import { english, type Labels, labelFile, translatedLabels } from './labels.ts';
import { themeScript } from './theme-script.ts';

export default function codePages(context: LoadContext): Plugin<Labels> {
  const { siteDir, i18n } = context;
  return {
    name: 'dirty-bit-code-pages',

    loadContent: () => english,

    getTranslationFiles: ({ content }) => [labelFile(content)],

    translateContent: ({ translationFiles }) =>
      translatedLabels(translationFiles),

    async postBuild({ content, outDir }) {
      const frame = frameOf(context, content);
      for (const page of folderPages(siteDir)) {
        const html = await renderFolderPage(page, frame);
        const folder = path.join(outDir, folderAddress(page.path));
        fs.mkdirSync(folder, { recursive: true });
        fs.writeFileSync(path.join(folder, 'index.html'), html);
      }
      if (i18n.currentLocale !== i18n.defaultLocale) return;
      for (const example of listExamples(siteDir)) {
        fs.copyFileSync(
          examplePath(siteDir, example),
          path.join(outDir, plainAddress(example)),
        );
      }
    },

    configureWebpack(_config, isServer, _utils, content) {
      if (isServer) return undefined;
      const devServer: DevServer = { app: async () => serve(context, content) };
      return { devServer };
    },
  };
}

function serve(context: LoadContext, labels: Labels): Express {
  const { siteDir } = context;
  const frame = frameOf(context, labels);
  const roots = [frame.baseUrl, frame.sourceBaseUrl].map(
    (root) => root + folderAddress('').slice(0, -1),
  );
  const app = express();
  app.use(roots, (request, response, next) => {
    const wanted = decodeURIComponent(request.path).replace(/^\/|\/$/g, '');
    const page = folderPages(siteDir).find(({ path }) => path === wanted);
    if (page !== undefined) {
      renderFolderPage(page, frame).then(
        (html) => response.type('html').send(html),
        next,
      );
    } else if (listExamples(siteDir).includes(wanted)) {
      response.type('text/plain').send(readExample(siteDir, wanted).text);
    } else {
      next();
    }
  });
  return app;
}

function folderPages(siteDir: string): FolderPage[] {
  return foldersOf(listExamples(siteDir)).map((folder) => ({
    ...folder,
    explainedOn: explanationOf(siteDir, folder.path),
    read: (example) => readExample(siteDir, example).text,
  }));
}

/** A page and its code bear the same path. */
function explanationOf(siteDir: string, folder: string): string | undefined {
  const page = path.join(siteDir, pageFile(sourceLocale, folder));
  return fs.existsSync(page) ? `${folder}/` : undefined;
}

function frameOf(context: LoadContext, labels: Labels): Frame {
  const { siteConfig, siteDir, siteStorage, i18n, baseUrl } = context;
  const { localeConfigs, currentLocale, defaultLocale } = i18n;
  return {
    siteTitle: siteConfig.title,
    htmlLang: localeConfigs[currentLocale]?.htmlLang ?? currentLocale,
    labels,
    url: siteConfig.url,
    baseUrl,
    sourceBaseUrl: localeConfigs[defaultLocale]?.baseUrl ?? baseUrl,
    style: ['colours', 'type', 'code', 'code-page']
      .map((name) => path.join(siteDir, `src/css/${name}.css`))
      .map((file) => fs.readFileSync(file, 'utf8'))
      .join('\n'),
    script: themeScript(siteStorage),
  };
}
