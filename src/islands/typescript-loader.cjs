// The bundler loads its loaders with Node's own `require`, which does not read
// TypeScript before Node 22.18. This turns `loader.ts` into a loader.
const { createJiti } = require('jiti');

/**
 * @typedef {(
 *   this: import('@rspack/core').LoaderContext,
 *   source: string,
 * ) => Promise<string>} Load
 */

const jiti = createJiti(__filename);

/** @param {string} file the absolute path of a TypeScript loader */
module.exports = function typescriptLoader(file) {
  /** @type {Promise<Load> | undefined} */
  let loading;

  /** @this {import('@rspack/core').LoaderContext} @param {string} source */
  return function load(source) {
    const done = this.async();
    // One import for all calls: two at a time would each have their own module.
    loading ??= jiti.import(file, { default: true });
    loading
      .then((loader) => loader.call(this, source))
      .then((code) => done(null, code), done);
  };
};
