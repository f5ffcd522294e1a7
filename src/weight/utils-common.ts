/**
 * What pages use of the framework's common helpers. Its own list of them brings
 * all of TypeScript's helpers along.
 */
export { default as applyTrailingSlash } from '@docusaurus/utils-common/lib/applyTrailingSlash.js';
export { getErrorCausalChain } from '@docusaurus/utils-common/lib/errorUtils.js';
