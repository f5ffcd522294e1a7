/**
 * What a caller is told whose write was not acknowledged. To own it, copy this
 * file, and leave out the errors that you do not have.
 */
import { CacheClosedError } from '../../shared/cache.ts';
import { TimeoutError } from '../../shared/timeout.ts';
import { CacheFullError } from '../../strategies/write-behind/write-behind-cache.ts';
import { OverloadedError } from './load-shedder.ts';

// #region reply
/** The answer to a write that failed for want of room; else undefined. */
export function unavailable(
  error: unknown,
  retryAfterSeconds: () => number,
): Response | undefined {
  const outcome = outcomeOf(error);
  if (outcome === undefined) return undefined;
  const headers = { 'Retry-After': String(retryAfterSeconds()) };
  return Response.json({ outcome }, { status: 503, headers });
}

/** Unknown: nobody waits any more, but the write may still be accepted. */
function outcomeOf(error: unknown): 'refused' | 'unknown' | undefined {
  if (error instanceof TimeoutError) return 'unknown';
  const isRefused =
    error instanceof CacheFullError ||
    error instanceof OverloadedError ||
    error instanceof CacheClosedError;
  return isRefused ? 'refused' : undefined;
}
// #endregion reply
