import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { locales } from '../src/site.ts';
import { layoutShifts, watchLayoutShifts } from './layout-shift.ts';
import { homeOf } from './sitemap.ts';

const slowPath = '/slow/';

test.use({ viewport: { width: 1280, height: 800 } });

for (const locale of locales)
  test(`the bar in ${locale} does not jump while it arrives`, async ({
    page,
    baseURL,
  }) => {
    const site = baseURL ?? '';
    const html = await textAt(`${site}${homeOf(locale)}start/introduction/`);
    const end = html.indexOf('</nav>');
    expect(end).toBeGreaterThan(0);
    const begin = html.indexOf('<nav');
    const head = html.slice(0, begin);
    const pieces = html.slice(begin, end).split(/(?=<)/);
    const rest = html.slice(end);

    await using slow = await serveSlowly(site);
    await watchLayoutShifts(page);
    const opened = page.goto(slow.address);
    const response = await slow.asked;
    response.write(head);
    await page.waitForURL(slow.address, { waitUntil: 'commit' });
    for (const piece of pieces) {
      response.write(piece);
      if (piece.startsWith('<a') || piece.startsWith('<svg'))
        await painted(page);
    }
    response.end(rest);
    await opened;
    expect(await layoutShifts(page)).toEqual([]);
  });

/** A server whose page is written by the test; all else is the site's. */
async function serveSlowly(siteUrl: string) {
  const server = createServer();
  const asked = new Promise<ServerResponse>((resolve) => {
    server.on('request', async ({ url = '' }, response) => {
      if (url === slowPath) {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        return resolve(response);
      }
      const { status, headers, body } = await fetch(`${siteUrl}${url}`);
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
    address: `http://localhost:${port}${slowPath}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function textAt(url: string): Promise<string> {
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
