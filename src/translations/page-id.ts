import { docsFolder, locales } from '../site.ts';

/** The id of the page in a file, which is the same in every language. */
export function idOfFile(file: string): string | undefined {
  const folder = locales
    .map((locale) => `${docsFolder(locale)}/`)
    .find((candidate) => file.startsWith(candidate));
  return folder === undefined || !file.endsWith('.mdx')
    ? undefined
    : file.slice(folder.length, -'.mdx'.length);
}
