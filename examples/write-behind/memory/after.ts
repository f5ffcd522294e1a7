import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { estimateBytes } from './estimate-bytes.ts';
import { ExpiringWriteBehind } from './expiring-write-behind.ts';
import {
  type Carts,
  patience,
  type Setting,
  story,
} from './story.ts';

export class ExpiringCarts implements Carts {
  readonly #cache: ExpiringWriteBehind<string, string>;

  // #region carts
  constructor({ store, clock, ttlMs }: Setting) {
    this.#cache = new ExpiringWriteBehind({
      ...{ store, clock, ttlMs, retry: patience },
      maxBytes: 64 * 2 ** 20,
      sizeOf: (user, cart) =>
        estimateBytes(user) + estimateBytes(cart),
    });
  }

  get(user: string): Promise<string | undefined> {
    return this.#cache.get(user);
  }

  set(user: string, cart: string): Promise<void> {
    return this.#cache.set(user, cart);
  }
  // #endregion carts
}

export function demo(print: Print): Promise<void> {
  return story(ExpiringCarts, print);
}

if (isMain('write-behind/memory/after')) {
  void demo(console.log);
}
