/** The folders of the examples, each with what is directly in it. */
import { folderOf } from './address.ts';

export interface Folder {
  /** Relative to the examples; the root is `''`. */
  readonly path: string;
  /** The paths of the folders in it. */
  readonly folders: readonly string[];
  /** The paths of the files in it. */
  readonly files: readonly string[];
}

export function foldersOf(examples: readonly string[]): Folder[] {
  const paths = new Set(['']);
  for (const example of examples) {
    for (let at = folderOf(example); at !== ''; at = folderOf(at)) {
      paths.add(at);
    }
  }
  return [...paths].sort().map((path) => ({
    path,
    folders: [...paths].filter((at) => at !== '' && folderOf(at) === path),
    files: examples.filter((example) => folderOf(example) === path),
  }));
}
