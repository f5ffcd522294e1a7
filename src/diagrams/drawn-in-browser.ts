import fs from 'node:fs';
import path from 'node:path';
import { inlineKindOf } from './kind.ts';

/** Whether some diagram of the site is left to Mermaid in the browser. */
export function isDrawnInBrowser(siteDir: string): boolean {
  return ['docs', 'i18n', 'src/pages']
    .map((folder) => path.join(siteDir, folder))
    .filter((folder) => fs.existsSync(folder))
    .some((folder) =>
      fs
        .readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.mdx?$/.test(file))
        .some((file) => drawsInBrowser(path.join(folder, file))),
    );
}

const diagrams = /^[ \t]*(`{3,}|~{3,})mermaid\b[^\n]*\n([\s\S]*?)\n[ \t]*\1/gm;

/** A fence inside of another fence counts too: too many is harmless. */
function drawsInBrowser(page: string): boolean {
  const text = fs.readFileSync(page, 'utf8');
  return Array.from(text.matchAll(diagrams)).some(
    ([, , source = '']) => inlineKindOf(source) === undefined,
  );
}
