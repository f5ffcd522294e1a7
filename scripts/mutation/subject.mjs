import fs from 'node:fs';
import path from 'node:path';

/**
 * A module, and the tests that shall find every mistake in it.
 *
 * @typedef {object} Subject
 * @property {string} module
 * @property {readonly (readonly string[])[]} rounds its tests: the quick ones,
 *   and those that try what survives them
 * @property {string} report what came of it
 * @property {string} summary the same in two lines, for a page
 * @property {string} reasons why what survives may survive, written by hand
 */

/**
 * @param {string} root
 * @param {string} module its path from the root
 * @returns {Subject}
 */
export function subjectOf(root, module) {
  const { dir, name } = path.posix.parse(module);
  const unitTests = `${dir}/${name}.test.ts`;
  const others = fs
    .readdirSync(path.join(root, dir))
    .filter((file) => file.startsWith(`${name}.`) && file.endsWith('.test.ts'))
    .map((file) => `${dir}/${file}`)
    .filter((file) => file !== unitTests)
    .sort();
  const conformance = `examples/conformance/${path.posix.basename(dir)}.test.ts`;
  if (fs.existsSync(path.join(root, conformance))) others.push(conformance);
  return {
    module,
    rounds: [[unitTests], others].filter((tests) => tests.length > 0),
    report: `${dir}/${name}.mutations.json`,
    summary: `${dir}/${name}.mutations.txt`,
    reasons: `${dir}/${name}.survivors.json`,
  };
}
