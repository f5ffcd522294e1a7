import { appendFile } from 'node:fs/promises';
import type { Operation } from '../../shared/store.ts';
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
    keep: (left) => keepIn('left.jsonl', left),
  });
}

/** Behind what an earlier process has left: nobody may have read it yet. */
export function keepIn(
  file: string,
  left: readonly Operation<string, Session>[],
): Promise<void> {
  const lines = left.map((operation) => `${JSON.stringify(operation)}\n`);
  return appendFile(file, lines.join(''), { flush: true });
}
// #endregion ending
