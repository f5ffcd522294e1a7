import fs from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import serveStatic from 'serve-static';
import { choosePort } from './free-port.mjs';
import { sourceLocale } from './locales.mjs';

const host = 'localhost';

/**
 * Serves the published site, and tells where each of its locales is.
 *
 * @param {string} folder
 * @param {readonly string[]} locales those that the folder holds
 * @param {string | undefined} port
 */
export async function serveSite(folder, locales, port) {
  const { address } = await listen(folder, await choosePort(port));
  console.log('\nDirty Bit is served. Ctrl-C ends it.\n');
  for (const locale of locales) {
    const atRoot = locale === sourceLocale || locales.length === 1;
    console.log(`  ${locale}  ${address}${atRoot ? '' : `${locale}/`}`);
  }
  console.log();
}

/**
 * Serves a folder, until it is closed.
 *
 * @param {string} folder
 * @param {number} port
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export function listen(folder, port) {
  const server = createSiteServer(folder);
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () =>
      resolve({ address: `http://${host}:${port}/`, close }),
    );
  });
}

/**
 * A server that treats a folder as static hosts do: a folder's page is its
 * `index.html`, and `404.html` answers for what is not there.
 *
 * @param {string} folder
 */
function createSiteServer(folder) {
  const answer = serveStatic(folder, { setHeaders: nameTypeScript });
  return createServer((request, response) => {
    answer(request, response, (error) => {
      if (error) {
        console.error(error);
        response.destroy();
        return;
      }
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' });
      // While the site is built again, there is no such page.
      fs.readFile(path.join(folder, '404.html'), (missing, page) =>
        response.end(missing ? 'Not found' : page),
      );
    });
  });
}

/**
 * By its suffix, a source in TypeScript would be downloaded as a video.
 *
 * @param {import('node:http').ServerResponse} response
 * @param {string} file
 */
function nameTypeScript(response, file) {
  if (file.endsWith('.ts'))
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
}
