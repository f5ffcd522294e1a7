/** A small service whose sessions are written behind. */
import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { CacheClosedError } from '../../shared/cache.ts';
import type { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import type { HurriedClock } from './hurried-clock.ts';
import type { Session } from './session-store.ts';

export interface Service {
  readonly cache: WriteBehindCache<string, Session>;
  readonly server: Server;
  /** The cache's. */
  readonly clock: HurriedClock;
}

// #region server
/** Acknowledges `PUT /<user>` with 204, and answers `GET /ready`. */
export function sessionServer(
  cache: WriteBehindCache<string, Session>,
  isReady: () => boolean,
): Server {
  return createServer(async (request, response) => {
    const { method, url = '' } = request;
    if (method === 'GET' && url === '/ready') {
      response.writeHead(isReady() ? 200 : 503).end();
      return;
    }
    try {
      const session = (await json(request)) as Session;
      await cache.set(url.slice(1), session);
      response.writeHead(204).end();
    } catch (error) {
      const isClosed = error instanceof CacheClosedError;
      response.writeHead(isClosed ? 503 : 400).end(`${error}\n`);
    }
  });
}
// #endregion server
