import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { buildSite, isStale, publishedLocales } from './site-build.mjs';

let siteDir = '';

beforeEach(() => {
  siteDir = fs.mkdtempSync(path.join(os.tmpdir(), 'site-build-'));
  write('docs/page.mdx', '# Page');
  write('examples/before.ts', 'export {};');
});

afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(siteDir, { recursive: true });
});

function write(file: string, content: string): void {
  const place = path.join(siteDir, file);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, content);
}

/** What the site's builder does: it fills the published folder. */
async function succeed(): Promise<number> {
  write('build/index.html', '<!doctype html>');
  return 0;
}

function build(locales?: string[], run = succeed): Promise<void> {
  return buildSite(locales, { siteDir, build: run });
}

describe('the site', () => {
  test('is stale before it is built, and not after', async () => {
    expect(isStale(siteDir)).toBe(true);
    await build();
    expect(isStale(siteDir)).toBe(false);
  });

  test.each([
    ['an edited page', () => write('docs/page.mdx', '# Another')],
    ['a new example', () => write('examples/after.ts', 'export {};')],
    ['a new translation', () => write('i18n/ja/code.json', '{}')],
    [
      'a page that was removed',
      () => fs.rmSync(path.join(siteDir, 'docs/page.mdx')),
    ],
    [
      'a page that was renamed',
      () =>
        fs.renameSync(
          path.join(siteDir, 'docs/page.mdx'),
          path.join(siteDir, 'docs/site.mdx'),
        ),
    ],
    [
      'a published folder that was removed',
      () => fs.rmSync(path.join(siteDir, 'build'), { recursive: true }),
    ],
  ])('is stale after %s', async (_, change) => {
    await build();
    change();
    expect(isStale(siteDir)).toBe(true);
  });

  test('is stale for another address', async () => {
    await build();
    vi.stubEnv('SITE_URL', 'https://dirty-bit.example');
    expect(isStale(siteDir)).toBe(true);
  });

  test('is not stale because of the time of a file', async () => {
    await build();
    fs.utimesSync(path.join(siteDir, 'docs/page.mdx'), 0, 0);
    expect(isStale(siteDir)).toBe(false);
  });

  test('is not stale because of packages in a workspace', async () => {
    await build();
    write('examples/node_modules/left-pad/index.js', '');
    expect(isStale(siteDir)).toBe(false);
  });

  test('is stale when something changed while it was built', async () => {
    await build(undefined, async () => {
      write('docs/page.mdx', '# Another');
      return succeed();
    });
    expect(isStale(siteDir)).toBe(true);
  });

  test('is stale when only some of its locales are built', async () => {
    await build(['ja']);
    expect(isStale(siteDir)).toBe(true);
    expect(publishedLocales(siteDir)).toEqual(['ja']);
  });

  test('is not published while a build runs', async () => {
    await build();
    await build(undefined, async () => {
      expect(publishedLocales(siteDir)).toBeUndefined();
      return succeed();
    });
  });

  test('is not published after a build that failed', async () => {
    await build();
    const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${code}`);
    });
    await expect(build(undefined, async () => 3)).rejects.toThrow('exit 3');
    exit.mockRestore();
    expect(publishedLocales(siteDir)).toBeUndefined();
  });
});
