import fs from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { locales as allLocales } from './locales.mjs';
import { root, runTool } from './tool.mjs';

/**
 * What was built last, and from what. The stamp exists only while the published
 * folder is whole: an interrupted build leaves none.
 *
 * @typedef {object} Stamp
 * @property {readonly string[]} locales
 * @property {string} inputs their fingerprint when the build began
 */

/** @param {string} siteDir */
export function publishedFolder(siteDir = root) {
  return path.join(siteDir, 'build');
}

/**
 * The locales of the published site, if there is a whole one.
 *
 * @param {string} siteDir
 */
export function publishedLocales(siteDir = root) {
  return readStamp(siteDir)?.locales;
}

/** Whether some locale is not built from what the inputs are now. */
export function isStale(siteDir = root) {
  const stamp = readStamp(siteDir);
  return (
    stamp?.locales.length !== allLocales.length ||
    stamp.inputs !== fingerprint(siteDir)
  );
}

/**
 * Builds the site, and ends the process with the builder's code if it fails.
 * A single locale is published at the root of the site.
 *
 * @param {readonly string[]} locales
 * @param {{ siteDir?: string, build?: typeof runDocusaurus }} [options]
 */
export async function buildSite(
  locales = allLocales,
  { siteDir = root, build = runDocusaurus } = {},
) {
  fs.rmSync(stampFile(siteDir), { force: true });
  // Taken before the build, so that what changes meanwhile counts as stale.
  const inputs = fingerprint(siteDir);
  const code = await build(locales);
  if (code !== 0) process.exit(code);
  writeStamp(siteDir, { locales, inputs });
}

/** @param {readonly string[]} locales */
function runDocusaurus(locales) {
  const options = locales.flatMap((locale) => ['--locale', locale]);
  return runTool('docusaurus', ['build', ...options]);
}

/**
 * Beside the published folder, and in one that `docusaurus clear` removes too.
 *
 * @param {string} siteDir
 */
function stampFile(siteDir) {
  return path.join(siteDir, '.docusaurus', 'published.json');
}

/**
 * @param {string} siteDir
 * @returns {Stamp | undefined}
 */
function readStamp(siteDir) {
  const file = stampFile(siteDir);
  return fs.existsSync(file) && fs.existsSync(publishedFolder(siteDir))
    ? JSON.parse(fs.readFileSync(file, 'utf8'))
    : undefined;
}

/**
 * @param {string} siteDir
 * @param {Stamp} stamp
 */
function writeStamp(siteDir, stamp) {
  const file = stampFile(siteDir);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  // Renamed, so that there is a whole stamp or none.
  fs.writeFileSync(`${file}.new`, JSON.stringify(stamp));
  fs.renameSync(`${file}.new`, file);
}
