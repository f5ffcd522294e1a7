import fs from 'node:fs/promises';
import type { LoaderContext } from '@rspack/core';
import { bringLabels, type Labels, withoutOurs } from './labels.ts';

export interface LabelsOptions {
  /** The framework's file with all labels of the language. */
  readonly labelsFile: string;
  /** The bundler keeps what it has made, for each set of options. */
  readonly locale: string;
}

/** Loads a component, or the framework's file of labels itself. */
export default async function loadLabels(
  this: LoaderContext<LabelsOptions>,
  source: string,
): Promise<string> {
  const { labelsFile } = this.getOptions();
  if (this.resourcePath === labelsFile) {
    return JSON.stringify(withoutOurs(JSON.parse(source)));
  }
  this.addDependency(labelsFile);
  const labels: Labels = JSON.parse(await fs.readFile(labelsFile, 'utf8'));
  return bringLabels(source, labels);
}
