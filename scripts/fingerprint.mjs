import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** All that the published site is made of. */
export const inputs = [
  'docs',
  'docusaurus.config.ts',
  'examples',
  'i18n',
  'package-lock.json',
  'package.json',
  'sidebars.ts',
  'src',
  'static',
  'tsconfig.json',
];

/** What the site's configuration reads of its environment. */
const variables = ['SITE_URL', 'REPOSITORY_URL'];

/**
 * A hash of all that goes into the site. Times of files do not count, since a
 * checkout changes them.
 *
 * @param {string} siteDir
 */
export function fingerprint(siteDir) {
  const hash = createHash('sha256');
  for (const name of variables) hash.update(`${name}=${process.env[name]}\0`);
  for (const input of inputs)
    for (const file of filesOf(path.join(siteDir, input))) {
      const content = readFileSync(file);
      const name = path.relative(siteDir, file);
      hash.update(`${name}\0${content.length}\0`).update(content);
    }
  return hash.digest('hex');
}

/**
 * The files at a path or below it, always in the same order.
 *
 * @param {string} place
 * @returns {string[]}
 */
function filesOf(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .filter((name) => name !== 'node_modules')
    .sort()
    .flatMap((name) => filesOf(path.join(place, name)));
}
