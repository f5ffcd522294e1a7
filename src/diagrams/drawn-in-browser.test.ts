import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isDrawnInBrowser } from './drawn-in-browser.ts';

let siteDir: string;

beforeEach(() => {
  siteDir = fs.mkdtempSync(path.join(os.tmpdir(), 'drawn-in-browser-'));
  write('docs/a.mdx', '```mermaid\nflowchart LR\n  A --> B\n```\n');
});

afterEach(() => fs.rmSync(siteDir, { recursive: true }));

function write(file: string, text: string) {
  fs.mkdirSync(path.dirname(path.join(siteDir, file)), { recursive: true });
  fs.writeFileSync(path.join(siteDir, file), text);
}

test('a site whose diagrams are all drawn at build time needs no Mermaid', () => {
  expect(isDrawnInBrowser(siteDir)).toBe(false);
});

test.each([
  ['of another kind', '```mermaid\npie\n  "a" : 1\n```\n'],
  ['in a list', '- One:\n\n  ```mermaid\n  pie\n    "a" : 1\n  ```\n'],
  ['behind another one', '```mermaid\ngraph TD\n```\n\n~~~mermaid\npie\n~~~\n'],
])('a single diagram %s needs it', (_, text) => {
  write('i18n/ja/docs/b.mdx', text);
  expect(isDrawnInBrowser(siteDir)).toBe(true);
});
