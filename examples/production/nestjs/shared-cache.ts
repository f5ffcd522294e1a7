import type { Cache } from '@nestjs/cache-manager';
import { KeyvCache } from './keyv-cache.ts';
import type { Product } from './products.ts';

/** The keys of one strategy in the cache that Nest injects. */
export function sharedCache(
  { stores }: Cache,
  prefix: string,
): KeyvCache<Product> {
  // The manager's own `get` hides the errors of the store.
  const [keyv] = stores;
  if (keyv === undefined) throw new Error('the cache has no store');
  return new KeyvCache(keyv, prefix);
}
