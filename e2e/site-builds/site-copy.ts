import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { inputs } from '../../scripts/fingerprint.mjs';
import type { Locale } from '../../src/site.ts';

const root = path.join(import.meta.dirname, '../..');
/** Where the copies are published, as far as their pages know. */
export const siteUrl = 'https://dirty-bit.example';

const docusaurus = 'node_modules/@docusaurus/core/bin/docusaurus.mjs';

/** How a test's process learns that it ends; vitest itself may just vanish. */
const endings = ['exit', 'disconnect', 'SIGINT', 'SIGTERM', 'SIGHUP'];

export interface Build {
  readonly succeeded: boolean;
  readonly output: string;
}

/** A copy of the site's sources that a test changes and builds. */
export class SiteCopy {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'site-copy-'));
  #builder: ChildProcess | undefined;

  constructor() {
    for (const input of inputs) {
      const source = path.join(root, input);
      if (fs.existsSync(source))
        fs.cpSync(source, this.#at(input), { recursive: true });
    }
    linkPackages(this.#at('node_modules'));
    for (const event of endings) process.once(event, this.remove);
  }

  readonly remove = (): void => {
    for (const event of endings) process.off(event, this.remove);
    this.#builder?.kill('SIGKILL');
    // What was killed may still be about to write.
    const maxRetries = 5;
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries });
  };

  write(file: string, content: string): void {
    fs.mkdirSync(path.dirname(this.#at(file)), { recursive: true });
    fs.writeFileSync(this.#at(file), content);
  }

  /** Replaces the first occurrence of a text, which must be there. */
  edit(file: string, old: string, replacement: string): void {
    const content = this.read(file);
    if (!content.includes(old)) throw new Error(`${file} has no "${old}"`);
    this.write(
      file,
      content.replace(old, () => replacement),
    );
  }

  /** Adds a paragraph to a page, and returns the line where it begins. */
  append(page: string, paragraph: string): number {
    const content = `${this.read(page).trimEnd()}\n\n`;
    this.write(page, content + paragraph);
    return content.split('\n').length;
  }

  read(file: string): string {
    return fs.readFileSync(this.#at(file), 'utf8');
  }

  /** What was published: contents by the path of the file. */
  published(): Map<string, string> {
    const files = fs
      .readdirSync(this.#at('build'), { recursive: true, encoding: 'utf8' })
      .filter((file) => fs.statSync(this.#at(`build/${file}`)).isFile());
    return new Map(files.map((file) => [file, this.read(`build/${file}`)]));
  }

  async build(...locales: readonly Locale[]): Promise<Build> {
    const options = locales.flatMap((locale) => ['--locale', locale]);
    const builder = spawn(
      process.execPath,
      [path.join(root, docusaurus), 'build', ...options],
      {
        cwd: this.folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          NO_UPDATE_NOTIFIER: '1',
          NO_COLOR: '1',
          SITE_URL: siteUrl,
        },
      },
    );
    this.#builder = builder;
    const [out, err, [code]] = await Promise.all([
      text(builder.stdout),
      text(builder.stderr),
      once(builder, 'exit'),
    ]);
    return { succeeded: code === 0, output: out + err };
  }

  #at(file: string): string {
    return path.join(this.folder, file);
  }
}

/**
 * A folder of links, and not one link, so that what the bundler keeps in it
 * from one build to the next belongs to the copy.
 */
function linkPackages(folder: string): void {
  fs.mkdirSync(folder);
  for (const name of fs.readdirSync(path.join(root, 'node_modules')))
    if (!name.startsWith('.'))
      fs.symlinkSync(
        path.join(root, 'node_modules', name),
        path.join(folder, name),
      );
}
