import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../scripts/chromium.mjs';
import { freePort } from '../../scripts/free-port.mjs';
import { listen } from '../../scripts/site-server.mjs';
import { readPage } from '../../src/mdx/page.ts';
import { docsFolder, locales } from '../../src/site.ts';
import { sourceHash } from '../../src/translations/source-hash.ts';
import { withStamp } from '../../src/translations/stamp.ts';
import { violations } from '../accessibility.ts';
import { mermaidCode } from '../mermaid-code.ts';
import { SiteCopy, siteUrl } from './site-copy.ts';

const example = 'examples/strategies/write-behind/before.ts';
const chart = `---
title: A chart
description: A diagram of a kind that only the browser draws.
---

# A chart {#a-chart}

\`\`\`mermaid
pie
  accTitle: Where writes wait
  accDescr: Nine writes of ten wait in memory, and one in the database.
  "memory" : 9
  "database" : 1
\`\`\`
`;

const site = new SiteCopy();
let firstEdition = new Map<string, string>();
let published = new Map<string, string>();

/**
 * A page that is translated into Vietnamese only, another one whose
 * translations are behind, and an example that changes between two builds.
 */
beforeAll(async () => {
  site.write(`${docsFolder('en')}/start/chart.mdx`, chart);
  const source = await readPage(site.folder, 'en', 'start/chart');
  const translation = withStamp(chart, sourceHash(source));
  site.write(`${docsFolder('vi')}/start/chart.mdx`, translation);
  site.edit('docs/start/introduction.mdx', '\n## ', '\nUnheard of.\n\n## ');
  const service = '// #region service\n';
  site.edit(example, service, `${service}'first edition';\n`);
  firstEdition = await build();
  site.edit(example, 'first edition', 'second edition');
  published = await build();
});

afterAll(site.remove);

async function build(): Promise<Map<string, string>> {
  const { succeeded, output } = await site.build(...locales);
  expect(succeeded, output).toBe(true);
  return site.published();
}

function page(address: string): string {
  const html = published.get(path.join(address, 'index.html'));
  if (html === undefined) throw new Error(`${address} is not published`);
  return html;
}

/** Opens a published page, with what it fetched until it came to rest. */
async function open(
  address: string,
  look: (page: Page, scripts: string) => Promise<void>,
): Promise<void> {
  const server = await listen(
    path.join(site.folder, 'build'),
    await freePort(47_000),
  );
  const browser = await chromium.launch({ executablePath: findChromium() });
  try {
    const context = await browser.newContext({ baseURL: server.address });
    const page = await context.newPage();
    const scripts: Promise<string>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        scripts.push(response.text());
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    await look(page, (await Promise.all(scripts)).join());
  } finally {
    await browser.close();
    server.close();
  }
}

function filesWith(files: Map<string, string>, word: string): string[] {
  return [...files.keys()].filter((file) => files.get(file)?.includes(word));
}

function canonical(html: string): string | undefined {
  const link = /<link[^>]*\brel="?canonical\b[^>]*>/.exec(html)?.[0] ?? '';
  return /href="?([^"\s>]+)/.exec(link)?.[1];
}

describe('an example that changed since the last build', () => {
  const pages = ['', 'vi', 'ja'].map((locale) =>
    path.join(locale, 'strategies/write-behind/index.html'),
  );

  test('was on the page in every language', () => {
    const files = filesWith(firstEdition, 'first edition');
    expect(files).toEqual(expect.arrayContaining(pages));
  });

  test('is new on the page in every language', () => {
    const files = filesWith(published, 'second edition');
    expect(files).toEqual(expect.arrayContaining(pages));
  });

  test('is old nowhere', () => {
    expect(filesWith(published, 'first edition')).toEqual([]);
  });
});

describe('a page without a Japanese translation', () => {
  const japanese = () => page('ja/start/chart');

  test('is in English, and says so', () => {
    expect(japanese()).toMatch(/<html[^>]* lang="?en\b/);
    expect(japanese()).toContain('translation-notice');
  });

  test('names the English page as the one to keep', () => {
    expect(canonical(japanese())).toBe(`${siteUrl}/start/chart/`);
  });

  test('is offered as Japanese by no page, and by no sitemap', () => {
    for (const address of ['start/chart', 'vi/start/chart', 'ja/start/chart'])
      expect(page(address)).not.toMatch(/hreflang="?ja\b/i);
    expect(published.get('ja/sitemap.xml')).not.toContain('/start/chart/');
    expect(published.get('vi/sitemap.xml')).toContain('/vi/start/chart/');
  });

  test('is itself in Vietnamese', () => {
    const vietnamese = page('vi/start/chart');
    expect(vietnamese).toMatch(/<html[^>]* lang="?vi\b/);
    expect(canonical(vietnamese)).toBe(`${siteUrl}/vi/start/chart/`);
    expect(page('start/chart')).toMatch(/hreflang="?vi\b/i);
  });
});

describe('a notice', () => {
  test('stands on pages whose translation is missing or behind, only', () => {
    const files = filesWith(published, 'translation-notice');
    expect(files.filter((file) => file.endsWith('.html')).sort()).toEqual([
      'ja/start/chart/index.html',
      'ja/start/introduction/index.html',
      'vi/start/introduction/index.html',
    ]);
  });

  test.each(['vi', 'ja'])('in %s leads to the English page', (locale) => {
    const html = page(`${locale}/start/introduction`);
    const notice = html.slice(html.indexOf('translation-notice'));
    expect(notice).toMatch(/<a [^>]*href="?\/start\/introduction\/["\s>]/);
  });

  test('is open to everyone', () =>
    open('/ja/start/introduction/', async (page) => {
      expect(await violations(page)).toEqual([]);
    }));
});

describe('a diagram of a kind that only the browser draws', () => {
  test('is drawn there', () =>
    open('/start/chart/', async (page, scripts) => {
      const picture = page.locator('svg[aria-roledescription=pie]');
      await picture.waitFor();
      expect(await picture.textContent()).toContain('Where writes wait');
      expect(scripts).toMatch(mermaidCode);
    }));

  test('burdens no other page', () =>
    open('/strategies/write-behind/', async (page, scripts) => {
      expect(await page.locator('figure.diagram svg').count()).toBeGreaterThan(
        0,
      );
      expect(scripts).not.toMatch(mermaidCode);
    }));
});
