/** Turns the source of a diagram, in the query of an import, into an island. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { LoaderContext } from '@rspack/core';
import { emitIsland } from '../islands/emit.ts';
import { DiagramError } from './diagram-error.ts';
import type { InlineKind } from './kind.ts';
import { renderDiagram } from './render.ts';

/** A diagram, and where its fence stands. */
export interface DiagramQuery extends Readonly<Record<string, string>> {
  readonly source: string;
  readonly kind: InlineKind;
  /** Relative to the site. */
  readonly page: string;
  readonly line: string;
}

export default async function load(
  this: LoaderContext<DiagramQuery>,
): Promise<string> {
  const { source, kind, page, line } = this.getOptions();
  dependOnOurselves(this);
  try {
    const name = `diagram-${line}`;
    const { svg, ...data } = await renderDiagram(source, kind, name);
    return emitIsland(this, svg, data);
  } catch (error) {
    const within = error instanceof DiagramError ? (error.line ?? 0) : 0;
    const reason = error instanceof Error ? error.message : String(error);
    const place = `${page}:${Number(line) + within}`;
    throw new Error(`${place}: ${reason}`, { cause: error });
  }
}

/** The bundler's cache outlives a change of this code and of what it uses. */
function dependOnOurselves(loader: LoaderContext<DiagramQuery>): void {
  const folder = import.meta.dirname;
  for (const name of fs.readdirSync(folder, { recursive: true })) {
    const file = path.join(folder, String(name));
    if (/(?<!\.test)\.ts$/.test(file)) loader.addDependency(file);
  }
  loader.addDependency(path.join(folder, '../html.ts'));
  loader.addDependency(path.join(folder, '../islands/emit.ts'));
  const { resolve } = createRequire(import.meta.url);
  loader.addDependency(resolve('mermaid/package.json'));
  loader.addDependency(resolve('elkjs/package.json'));
}
