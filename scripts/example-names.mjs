import fs from 'node:fs';
import path from 'node:path';

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
 * The example that is asked for. A folder stands for its `after`.
 *
 * @param {string} asked
 * @param {readonly string[]} names
 */
export function findExample(asked, names) {
  const name = nameOf(asked);
  const after = `${name}/after`;
  return !names.includes(name) && names.includes(after) ? after : name;
}

/**
 * The name of an example, by its name or its path.
 *
 * @param {string} file
 */
export function nameOf(file) {
  return file
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)?(?:examples\/)?/, '')
    .replace(/\.ts$/, '');
}
