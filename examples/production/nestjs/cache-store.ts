import { createKeyv } from '@keyv/redis';
import { Keyv } from 'keyv';
import { BoundedMap } from './bounded-map.ts';

// #region cache
/** Redis where there is one, or else the memory of the process. */
export function cacheStore(
  redisUrl: string | undefined,
  onError: (error: unknown) => void,
): Keyv {
  const keyv =
    redisUrl === undefined
      ? new Keyv({ store: new BoundedMap(10_000), throwOnErrors: true })
      : createKeyv(redisOptions(redisUrl), { throwOnErrors: true });
  // Without a listener, an error of the connection would end the process.
  keyv.on('error', onError);
  return keyv;
}

/** Without Redis, a call fails at once; where it hangs, after 3 seconds. */
function redisOptions(url: string) {
  return {
    url,
    disableOfflineQueue: true,
    pingInterval: 1000,
    socket: { connectTimeout: 2000, socketTimeout: 3000 },
  };
}
// #endregion cache
