import { writeFile } from 'node:fs/promises';
import { GracefulShutdown, type ShutdownTimes } from './graceful-shutdown.ts';
import { HttpRequests } from './http-requests.ts';
import type { Service } from './service.ts';
import type { Session } from './session-store.ts';

// #region ending
export function endGracefully(
  { cache, clock, server }: Service,
  times: Partial<ShutdownTimes>,
): GracefulShutdown<string, Session> {
  return new GracefulShutdown({
    ...times,
    cache,
    clock,
    requests: new HttpRequests(server),
    keep: (left) =>
      writeFile('left.json', JSON.stringify(left), { flush: true }),
  });
}
// #endregion ending
