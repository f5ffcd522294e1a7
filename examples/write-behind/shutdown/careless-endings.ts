/** Three ways in which services end, and lose what they have acknowledged. */
import type { Service } from './service.ts';

// #region endings
export function exitAtOnce(_service: Service): void {
  process.on('SIGTERM', () => {
    process.exit(0);
  });
}

export function exitBeforeTheFlush({ cache }: Service): void {
  process.on('SIGTERM', () => {
    void cache.flush();
    process.exit(0);
  });
}

export function serveWhileFlushing({ cache }: Service): void {
  process.on('SIGTERM', async () => {
    console.log('flushing');
    await cache.flush();
    process.exit(0);
  });
}
// #endregion endings
