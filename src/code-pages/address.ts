/** Where the site serves the examples, relative to its root. */

/** The page of a folder of the examples; the root is `''`. */
export function folderAddress(folder: string): string {
  return folder === '' ? 'code/' : `code/${folder}/`;
}

/** A file on the page of its folder. */
export function fileAddress(example: string): string {
  return `${folderAddress(folderOf(example))}#${nameOf(example)}`;
}

/** A file alone, as plain text. */
export function plainAddress(example: string): string {
  return `code/${example}`;
}

/** What a file or folder is in. */
export function folderOf(example: string): string {
  return example.slice(0, Math.max(0, example.lastIndexOf('/')));
}

export function nameOf(example: string): string {
  return example.slice(example.lastIndexOf('/') + 1);
}
