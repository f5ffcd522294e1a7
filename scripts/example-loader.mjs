import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './tool.mjs';

export const examplesFolder = path.join(root, 'examples');

/** @param {string} name */
export function exampleFile(name) {
  return path.join(examplesFolder, `${name}.ts`);
}

/**
 * Loads a TypeScript file with ts-node. Node 20 starts none from a package of ES
 * modules, but lets them be required.
 *
 * @param {string} file
 */
export async function requireTypeScript(file) {
  const { register } = await import('ts-node');
  register({ project: path.join(examplesFolder, 'tsconfig.json') });
  return createRequire(import.meta.url)(file);
}
