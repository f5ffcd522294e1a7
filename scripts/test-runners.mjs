import fs from 'node:fs';
import path from 'node:path';
import {
  countTests,
  testsOfPlaywright,
  testsOfVitest,
} from './test-counts.mjs';
import { root, runTool } from './tool.mjs';

/**
 * Runs vitest and counts its tests.
 *
 * @param {...string} args
 */
export async function runVitest(...args) {
  const file = freshReport('vitest.json');
  const code = await runTool('vitest', [
    'run',
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    ...args,
  ]);
  return countTests(read(file, testsOfVitest), code);
}

/**
 * Runs Playwright and counts its tests.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export async function runPlaywright(env) {
  const file = freshReport('playwright.json');
  const code = await runTool('playwright', ['test', '--reporter=list,json'], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  return countTests(read(file, testsOfPlaywright), code);
}

/**
 * The place of a report, with no earlier one in it that could be mistaken for
 * that of a runner which died before it wrote its own.
 *
 * @param {string} name
 */
function freshReport(name) {
  const file = path.join(root, 'node_modules', '.cache', 'reports', name);
  fs.rmSync(file, { force: true });
  return file;
}

/**
 * @template Report
 * @param {string} file
 * @param {(report: Report) => import('./test-counts.mjs').Test[]} testsOf
 */
function read(file, testsOf) {
  return fs.existsSync(file)
    ? testsOf(JSON.parse(fs.readFileSync(file, 'utf8')))
    : [];
}
