import fs from 'node:fs';
import path from 'node:path';

/** Where Debian and Homebrew put servers, whether or not the PATH says so. */
const usual = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];

/** Where the command is, if it is installed. */
export function findCommand(name: string): string | undefined {
  const { PATH = '' } = process.env;
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return [...PATH.split(path.delimiter), ...usual]
    .filter((folder) => folder !== '')
    .flatMap((folder) => endings.map((end) => path.join(folder, name + end)))
    .find(isExecutable);
}

/** An absence that tells how to end it. */
export function expectCommand(name: string, debianPackage: string): string {
  const found = findCommand(name);
  if (found !== undefined) return found;
  throw new Error(
    `There is no ${name} on the PATH: install it, on Debian by \`apt-get install ${debianPackage}\``,
  );
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
