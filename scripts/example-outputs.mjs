// Prints as JSON what the named examples print, when they are loaded as the
// first argument says: by `ts-node`, or by `node` alone.
import { pathToFileURL } from 'node:url';
import { exampleFile, requireTypeScript } from './example-loader.mjs';

const [loader, ...names] = process.argv.slice(2);

/** @type {Record<string, string>} */
const outputs = {};
for (const name of names) {
  const file = exampleFile(name);
  const { demo } =
    loader === 'ts-node'
      ? await requireTypeScript(file)
      : await import(pathToFileURL(file).href);
  outputs[name] = '';
  await demo((/** @type {string} */ line) => {
    outputs[name] += `${line}\n`;
  });
}
process.stdout.write(JSON.stringify(outputs));
