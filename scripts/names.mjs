import { createJiti } from 'jiti';
import { UsageError } from './usage.mjs';

/** @type {typeof import('../src/nearest.ts')} */
const { byNearness } = await createJiti(import.meta.url).import(
  '../src/nearest.ts',
);

/**
 * What there is of a kind, a name a line.
 *
 * @param {string} kind such as `example`
 * @param {readonly string[]} names
 */
export function list(kind, names) {
  return [`The ${kind}s are:`, ...names].join('\n  ');
}

/**
 * A name that is not there, and those that are, the nearest first.
 *
 * @param {string} kind
 * @param {string} name
 * @param {readonly string[]} names
 */
export function unknownName(kind, name, names) {
  const nearest = list(kind, byNearness(name, names));
  return new UsageError(`There is no ${kind} "${name}".\n\n${nearest}`);
}
