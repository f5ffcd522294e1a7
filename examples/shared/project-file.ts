import fs from 'node:fs';
import path from 'node:path';

/**
 * A file of this project, named from its root, wherever in it a program was
 * started. Examples run as different kinds of modules, which share no other way
 * to tell where they are.
 */
export function projectFile(name: string): string {
  let folder = process.cwd();
  for (;;) {
    const file = path.join(folder, name);
    if (fs.existsSync(file)) return file;
    const parent = path.dirname(folder);
    if (parent === folder) break;
    folder = parent;
  }
  throw new Error(`There is no ${name} here: run this inside of the project`);
}
