/** What a page tells its readers to copy, copied. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { pageFile, pageIds } from '../mdx/page.ts';
import { sourceLocale } from '../site.ts';

const siteDir = path.join(import.meta.dirname, '../..');

const pages = pageIds(siteDir, sourceLocale)
  .map((id) => ({ id, commands: copyCommands(id) }))
  .filter(({ commands }) => commands !== '');

test('there are pages with something to copy', () => {
  expect(pages.length).toBeGreaterThan(0);
});

test.each(pages)(
  'what $id copies is whole, and no more than that',
  ({ id, commands }) => {
    const folder = emptyFolder();
    fs.symlinkSync(
      path.join(siteDir, 'examples'),
      path.join(folder, 'examples'),
    );
    execFileSync('bash', ['-euc', commands], { cwd: folder, stdio: 'pipe' });
    const project = path.join(folder, 'your-project');
    const files = fs
      .readdirSync(project, { recursive: true, encoding: 'utf8' })
      .filter((name) => fs.statSync(path.join(project, name)).isFile());
    const imported = new Set(
      files.flatMap((file) => importsOf(path.join(project, file))),
    );
    const missing = [...imported].filter((file) => !fs.existsSync(file));
    expect(missing).toEqual([]);
    const unused = files.filter(
      (file) => !file.startsWith(id) && !imported.has(path.join(project, file)),
    );
    expect(unused).toEqual([]);
    const packages = files.flatMap((file) =>
      packagesOf(path.join(project, file)),
    );
    const installed = installedBy(id);
    expect(packages.filter((name) => !installed.includes(name))).toEqual([]);
  },
);

/** The commands of a page that copy files, and what prepares them. */
function copyCommands(id: string): string {
  const blocks = Array.from(
    textOf(id).matchAll(/^```bash\n(.*?)^```$/gms),
    ([, block = '']) => block,
  );
  return blocks
    .filter((block) => block.includes('cp examples/'))
    .map((block) => block.replaceAll(/^npm install .*$/gm, ''))
    .join('\n');
}

function textOf(id: string): string {
  const file = path.join(siteDir, pageFile(sourceLocale, id));
  return fs.readFileSync(file, 'utf8');
}

function importsOf(file: string): string[] {
  const text = fs.readFileSync(file, 'utf8');
  return Array.from(text.matchAll(/ from '(\.[^']+)'/g), ([, specifier = '']) =>
    path.join(path.dirname(file), specifier),
  );
}

/** The packages that a page installs, without their versions. */
function installedBy(id: string): string[] {
  const names = Array.from(
    textOf(id).matchAll(/npm install ([^`\n]+)/g),
    ([, found = '']) => found,
  ).join(' ');
  const expanded = execFileSync('bash', ['-c', `echo ${names}`]);
  return String(expanded)
    .trim()
    .split(' ')
    .map((name) => name.replace(/(?<=.)@.*$/, ''));
}

/** The packages of a file that do not come with Node.js. */
function packagesOf(file: string): string[] {
  const text = fs.readFileSync(file, 'utf8');
  const found = text.matchAll(
    / from '(?!node:)(@[^/']+\/[^/']+|[^.@/'][^/']*)/g,
  );
  return Array.from(found, ([, name = '']) => name);
}

function emptyFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'copied-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  return folder;
}
