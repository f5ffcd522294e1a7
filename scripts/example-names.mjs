import fs from 'node:fs';
import path from 'node:path';
import leven from 'leven';

/**
 * The examples that can be run, by their paths inside of the folder and without
 * `.ts`. A program is what ends with `if (isMain('…'))`, and nothing else is.
 *
 * @param {string} folder
 */
export function listExamples(folder) {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .filter((file) => !file.split(path.sep).includes('node_modules'))
    .filter((file) =>
      /^if \(isMain\('/m.test(fs.readFileSync(path.join(folder, file), 'utf8')),
    )
    .map(nameOf)
    .sort();
}

/**
 * Finds the example that was asked for, by its name or its path.
 *
 * @param {string} asked
 * @param {readonly string[]} names
 */
export function findExample(asked, names) {
  return names.find((name) => name === nameOf(asked));
}

/**
 * The same names, the one that was most likely meant first.
 *
 * @param {string} asked
 * @param {readonly string[]} names
 */
export function nearestFirst(asked, names) {
  const wanted = nameOf(asked);
  return names
    .map((name) => ({
      name,
      nearestPart: Math.min(
        ...partsOf(name, wanted.split('/').length).map((part) =>
          leven(wanted, part),
        ),
      ),
      whole: leven(wanted, name),
    }))
    .sort((a, b) => a.nearestPart - b.nearestPart || a.whole - b.whole)
    .map(({ name }) => name);
}

/**
 * What a name is made of, in pieces as long as what was asked for: `after` is
 * near to all that ends with it, however long the rest is.
 *
 * @param {string} name
 * @param {number} length
 */
function partsOf(name, length) {
  const parts = name.split('/');
  const last = Math.max(0, parts.length - length);
  return parts
    .slice(0, last + 1)
    .map((_, start) => parts.slice(start, start + length).join('/'));
}

/** @param {string} file */
function nameOf(file) {
  return file
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)?(?:examples\/)?/, '')
    .replace(/\.ts$/, '');
}
