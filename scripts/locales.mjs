import { createJiti } from 'jiti';
import { UsageError } from './usage.mjs';

/** @type {typeof import('../src/site.ts')} */
const site = await createJiti(import.meta.url).import('../src/site.ts');

export const { locales, sourceLocale } = site;

/**
 * The locales that a command line names.
 *
 * @param {readonly string[]} names
 */
export function readLocales(names) {
  return [...new Set(names)].map((name) => {
    if (site.isLocale(name)) return name;
    throw new UsageError(
      `There is no locale "${name}". The locales are: ${locales.join(', ')}.`,
    );
  });
}
