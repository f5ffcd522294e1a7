import type { Clock } from './clock.ts';

export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** Waits for the work that long. It goes on afterwards, unattended. */
export async function within<T>(
  clock: Clock,
  timeoutMs: number,
  work: Promise<T>,
): Promise<T> {
  let cancel: (() => void) | undefined;
  const timeout = new Promise<never>((_, reject) => {
    cancel = clock.schedule(timeoutMs, () =>
      reject(new TimeoutError(`no answer within ${timeoutMs} ms`)),
    );
  });
  const release = clock.keepAlive?.();
  try {
    return await Promise.race([work, timeout]);
  } finally {
    cancel?.();
    release?.();
  }
}
