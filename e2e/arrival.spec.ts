import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { locales } from '../src/site.ts';
import { layoutShifts, watchLayoutShifts } from './layout-shift.ts';
import { homeOf } from './sitemap.ts';

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };

for (const locale of locales)
  for (const viewport of [phone, desk])
    test.describe(`at ${viewport.width} px, in ${locale}`, () => {
      test.use({ viewport });

      test('the bar does not jump while it arrives', async ({
        page,
        baseURL,
      }) => {
        const path = `${homeOf(locale)}start/introduction/`;
        const jumps = await arriveInPieces(page, new URL(path, baseURL), {
          from: '<nav',
          to: '</nav>',
          pauseBefore: /^</,
        });
        expect(jumps).toEqual([]);
      });

      test('a table does not jump while it arrives', async ({
        page,
        baseURL,
      }) => {
        const path = `${homeOf(locale)}write-behind/backpressure/`;
        const jumps = await arriveInPieces(page, new URL(path, baseURL), {
          from: '<table',
          to: '</table>',
          pauseBefore: /^<t[rd]/,
        });
        expect(jumps).toEqual([]);
        await expect(page.locator('table').first()).toBeVisible();
      });
    });

interface Pieces {
  /** What the first of them begins with. */
  readonly from: string;
  /** What follows the last. */
  readonly to: string;
  /** Where it says so, what came before is on the screen when the next comes. */
  readonly pauseBefore: RegExp;
}

/** What jumps on a page, a part of which arrives tag by tag. */
async function arriveInPieces(
  page: Page,
  address: URL,
  { from, to, pauseBefore }: Pieces,
): Promise<string[]> {
  const html = await textAt(address);
  const begin = html.indexOf(from);
  const end = html.indexOf(to, begin);
  expect(begin).toBeGreaterThan(0);
  expect(end).toBeGreaterThan(begin);

  await using slow = await serveSlowly(address);
  await watchLayoutShifts(page);
  const opened = page.goto(slow.address);
  const response = await slow.asked;
  response.write(html.slice(0, begin));
  await page.waitForURL(slow.address, { waitUntil: 'commit' });
  for (const piece of html.slice(begin, end).split(/(?=<)/)) {
    if (pauseBefore.test(piece)) await painted(page);
    response.write(piece);
  }
  await painted(page);
  response.end(html.slice(end));
  await opened;
  return layoutShifts(page);
}

/** A server whose page is written by the test; all else is the site's. */
async function serveSlowly({ origin, pathname }: URL) {
  const server = createServer();
  const asked = new Promise<ServerResponse>((resolve) => {
    server.on('request', async ({ url = '' }, response) => {
      if (url === pathname) {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        return resolve(response);
      }
      const { status, headers, body } = await fetch(new URL(url, origin));
      const type = headers.get('content-type') ?? 'text/plain';
      response.writeHead(status, { 'content-type': type });
      for await (const chunk of body ?? []) response.write(chunk);
      response.end();
    });
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://localhost:${port}${pathname}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function textAt(url: URL): Promise<string> {
  return (await fetch(url)).text();
}

/** Two frames later, what has arrived is on the screen. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }),
  );
}
