/** What `npm run bench` wrote down, as pages refer to it. */
import fs from 'node:fs';
import path from 'node:path';
import type {
  FigureResult,
  SimulatedFigure,
} from '../../examples/bench/harness/figure.ts';
import type { Results } from '../../examples/bench/harness/results.ts';
import { byNearness } from '../nearest.ts';
import { examplesFolder } from '../site.ts';
import { resultsExample, resultsFolder } from './address.ts';

/** The absolute path of a benchmark's results. */
export function resultsFile(siteDir: string, benchmark: string): string {
  return path.join(siteDir, examplesFolder, resultsExample(benchmark));
}

export function readResults(siteDir: string, benchmark: string): Results {
  const file = resultsFile(siteDir, benchmark);
  if (!fs.existsSync(file)) {
    const known = listResults(siteDir);
    throw new Error(unknown('benchmark', benchmark, known));
  }
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

export function findFigure(
  { figures }: Pick<Results, 'figures'>,
  name: string,
): FigureResult | SimulatedFigure {
  const found = Object.hasOwn(figures, name) ? figures[name] : undefined;
  if (found === undefined) {
    throw new Error(unknown('figure', name, Object.keys(figures)));
  }
  return found;
}

export function listResults(siteDir: string): string[] {
  const folder = path.join(siteDir, examplesFolder, resultsFolder);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'));
}

export function unknown(
  noun: string,
  name: string,
  known: readonly string[],
): string {
  return known.length === 0
    ? `no ${noun} "${name}"; there is none at all`
    : `no ${noun} "${name}"; there are ${byNearness(name, known).join(', ')}`;
}
