import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from './free-port.mjs';
import { listen } from './site-server.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'site-server-'));
let site: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  const files = {
    'index.html': 'home',
    '404.html': 'not here',
    'ja/start/index.html': 'はじめに',
    'code/before.ts': 'const greeting = "chào";',
    'code/before.out.txt': 'こんにちは',
  };
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), content);
  }
  site = await listen(folder, await freePort(45_000));
});

afterAll(() => {
  site.close();
  fs.rmSync(folder, { recursive: true });
});

function get(file: string): Promise<Response> {
  return fetch(new URL(file, site.address), { redirect: 'manual' });
}

describe('the served site', () => {
  test('answers for a folder with its page', async () => {
    expect(await (await get('/')).text()).toBe('home');
    expect(await (await get('/ja/start/')).text()).toBe('はじめに');
  });

  test('leads from a folder without its slash to the one with it', async () => {
    const { status, headers } = await get('/ja/start?from=here');
    expect(status).toBe(301);
    expect(headers.get('location')).toBe('/ja/start/?from=here');
  });

  test('answers for a page that is not there with the 404 page', async () => {
    const response = await get('/nowhere/');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toBe('not here');
  });

  test('goes on while the site is being built again', async () => {
    const page = path.join(folder, '404.html');
    fs.renameSync(page, `${page}.away`);
    try {
      const response = await get('/nowhere/');
      expect(response.status).toBe(404);
      expect(await response.text()).toBe('Not found');
    } finally {
      fs.renameSync(`${page}.away`, page);
    }
  });

  test.each(['before.ts', 'before.out.txt'])(
    'lets a browser show %s as text',
    async (file) => {
      const response = await get(`/code/${file}`);
      expect(response.headers.get('content-type')?.toLowerCase()).toBe(
        'text/plain; charset=utf-8',
      );
    },
  );

  test('gives nothing from outside of its folder', async () => {
    expect((await get('/..%2f..%2fetc%2fpasswd')).status).toBe(404);
  });
});
