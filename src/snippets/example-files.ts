/** The files of `examples/`, by their paths inside of it. */
import fs from 'node:fs';
import path from 'node:path';
import { byNearness } from '../nearest.ts';
import { examplesFolder } from '../site.ts';
import type { SourceFile } from './regions.ts';

/** All files that belong to the examples, sorted. */
export function listExamples(siteDir: string): string[] {
  return filesIn(path.join(siteDir, examplesFolder), '').sort();
}

export function examplePath(siteDir: string, example: string): string {
  return path.join(siteDir, examplesFolder, example);
}

export function readExample(siteDir: string, example: string): SourceFile {
  const file = examplePath(siteDir, example);
  if (!fs.existsSync(file)) {
    throw new Error(unknownExample(example, listExamples(siteDir)));
  }
  return {
    file: `${examplesFolder}/${example}`,
    text: fs.readFileSync(file, 'utf8'),
  };
}

/** Says why an example cannot be shown that is not there. */
export function unknownExample(
  example: string,
  known: readonly string[],
): string {
  const nearest = byNearness(example, known).slice(0, 5);
  return nearest.length === 0
    ? `no example "${example}"; there is none at all`
    : `no example "${example}"; the nearest are ${nearest.join(', ')}`;
}

function filesIn(root: string, folder: string): string[] {
  const absolute = path.join(root, folder);
  if (!fs.existsSync(absolute)) return [];
  return fs.readdirSync(absolute, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) return [];
    const file = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? filesIn(root, file) : [file];
  });
}
