import fs from 'node:fs';
import path from 'node:path';
import { examplesFolder } from './example-loader.mjs';

const folder = path.join(examplesFolder, 'bench');

/** The benchmarks that there are: what is directly in their folder. */
export function listBenchmarks() {
  return fs
    .readdirSync(folder)
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .map((file) => path.basename(file, '.ts'))
    .sort();
}

/** @param {string} name */
export function benchmarkFile(name) {
  return path.join(folder, `${name}.ts`);
}

/** @param {string} name */
export function resultsFile(name) {
  return path.join(folder, 'results', `${name}.json`);
}

/** @param {string} module */
export function service(module) {
  return path.join(examplesFolder, 'services', `${module}.ts`);
}

/** @param {string} module */
export function harness(module) {
  return path.join(folder, 'harness', `${module}.ts`);
}
