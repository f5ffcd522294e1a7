/**
 * Turns a fence into an island. The bundler runs it on the example that a fence
 * names or, where the code stands on the page, on the page.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { LoaderContext } from '@rspack/core';
import { emitIsland } from '../islands/emit.ts';
import { examplesFolder, isLocale, sourceLocale } from '../site.ts';
import {
  catalogueFile,
  findEntry,
  readCatalogue,
} from './comment-catalogue.ts';
import type { Translate } from './comments.ts';
import { type ExampleFence, readFence } from './fence.ts';
import { type RenderedCode, renderCode, renderExample } from './render.ts';

/** A fence, and where it stands; it travels in the query of an import. */
export interface SnippetQuery extends Readonly<Record<string, string>> {
  readonly lang: string;
  readonly meta: string;
  readonly value: string;
  /** Relative to the site. */
  readonly page: string;
  readonly line: string;
  readonly locale: string;
}

export default async function load(
  this: LoaderContext<SnippetQuery>,
  source: string,
): Promise<string> {
  const query = this.getOptions();
  dependOnOurselves(this);
  try {
    const fence = readFence(query);
    const { html, ...data }: RenderedCode =
      fence.kind === 'inline'
        ? await renderCode(fence.code, fence.language)
        : await renderExample(
            { file: `${examplesFolder}/${fence.example}`, text: source },
            fence.language,
            fence,
            translator(this, fence),
          );
    return emitIsland(this, html, data);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${query.page}:${query.line}: ${reason}`, { cause: error });
  }
}

function translator(
  loader: LoaderContext<SnippetQuery>,
  { example }: ExampleFence,
): Translate | undefined {
  const { locale } = loader.getOptions();
  if (!isLocale(locale) || locale === sourceLocale) return undefined;
  const inSite = path.join('/', examplesFolder, example);
  const siteDir = loader.resourcePath.slice(0, -inSite.length);
  dependOn(loader, path.join(siteDir, catalogueFile(locale)));
  const catalogue = readCatalogue(siteDir, locale);
  return (comment) => findEntry(catalogue, example, comment)?.translation;
}

/** The bundler's cache outlives a change of this code and of the highlighter. */
function dependOnOurselves(loader: LoaderContext<SnippetQuery>): void {
  const folder = import.meta.dirname;
  for (const name of fs.readdirSync(folder)) {
    if (name.endsWith('.ts') && !name.endsWith('.test.ts')) {
      dependOn(loader, path.join(folder, name));
    }
  }
  dependOn(loader, path.join(folder, '../islands/emit.ts'));
  dependOn(
    loader,
    createRequire(import.meta.url).resolve('shiki/package.json'),
  );
}

function dependOn(loader: LoaderContext<SnippetQuery>, file: string): void {
  if (fs.existsSync(file)) loader.addDependency(file);
  else loader.addMissingDependency(file);
}
