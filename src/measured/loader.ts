/**
 * Turns the figures that a page names into a module with those alone. The
 * bundler runs it on the page: run on the results, it could not make a script
 * of what is JSON by its name.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { LoaderContext } from '@rspack/core';
import { presentChart } from './chart.ts';
import { presentConditions, presentFigure } from './present.ts';
import type { Reference } from './reference.ts';
import { findFigure, readResults, resultsFile } from './results.ts';

/** What a page asks for, and where; it travels in the query of an import. */
export interface MeasuredQuery
  extends Reference,
    Readonly<Record<string, string>> {
  /** Relative to the site. */
  readonly page: string;
  readonly line: string;
  readonly locale: string;
}

export default async function load(
  this: LoaderContext<MeasuredQuery>,
): Promise<string> {
  const { of, figure, figures, page, line, locale } = this.getOptions();
  const siteDir = this.resourcePath.slice(0, -path.join('/', page).length);
  dependOn(this, siteDir, of);
  try {
    const results = readResults(siteDir, of);
    const data = {
      conditions: presentConditions(results, locale),
      ...(figure && {
        figure: presentFigure(findFigure(results, figure), locale),
      }),
      ...(figures && { chart: presentChart(results, figures, locale) }),
    };
    return `export default ${JSON.stringify(data)};\n`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${page}:${line}: ${reason}`, { cause: error });
  }
}

/** The bundler's cache outlives a change of the results and of this code. */
function dependOn(
  loader: LoaderContext<MeasuredQuery>,
  siteDir: string,
  benchmark: string,
): void {
  const results = resultsFile(siteDir, benchmark);
  if (fs.existsSync(results)) loader.addDependency(results);
  else loader.addMissingDependency(results);
  for (const name of ['loader', 'present', 'chart', 'results', 'address']) {
    loader.addDependency(path.join(import.meta.dirname, `${name}.ts`));
  }
}
