import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './tool.mjs';

export const examplesFolder = path.join(root, 'examples');

/** @param {string} name */
export function exampleFile(name) {
  return path.join(examplesFolder, `${name}.ts`);
}

/** @type {Promise<unknown> | undefined} */
let registered;

/**
 * Loads a TypeScript file with ts-node. Node 20 starts none from a package of ES
 * modules, but lets them be required.
 *
 * @param {string} file
 */
export async function requireTypeScript(file) {
  // Once: each further time would compile what the last one has compiled.
  registered ??= registerTypeScript();
  await registered;
  return createRequire(import.meta.url)(file);
}

async function registerTypeScript() {
  const { register } = await import('ts-node');
  register({
    project: path.join(examplesFolder, 'tsconfig.json'),
    // A program shall start at once. It is `npm test` that checks the types.
    transpileOnly: true,
  });
}
