import type { Clock } from '../../shared/clock.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Store } from '../../shared/store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import {
  type Carts,
  patience,
  type Setting,
  story,
} from './story.ts';

export class ExpiringCarts implements Carts {
  readonly #store: Store<string, string>;
  readonly #clock: Clock;
  readonly #ttlMs: number;
  readonly #entries = new Map<string, Entry>();
  readonly #queue: WriteBehindCache<string, string>;

  constructor({ store, clock, ttlMs }: Setting) {
    this.#store = store;
    this.#clock = clock;
    this.#ttlMs = ttlMs;
    this.#queue = new WriteBehindCache({
      store,
      clock,
      retry: patience,
    });
  }

  // #region carts
  async get(user: string): Promise<string | undefined> {
    // #region bug
    const entry = this.#entries.get(user);
    if (entry && entry.expires > this.#clock.now()) {
      return entry.cart;
    }
    // #endregion bug
    const cart = await this.#store.read(user);
    this.#keep(user, cart);
    return cart;
  }

  async set(user: string, cart: string): Promise<void> {
    await this.#queue.set(user, cart);
    this.#keep(user, cart);
  }

  #keep(user: string, cart: string | undefined): void {
    const expires = this.#clock.now() + this.#ttlMs;
    this.#entries.set(user, { cart, expires });
  }
  // #endregion carts
}

interface Entry {
  readonly cart: string | undefined;
  readonly expires: number;
}

export function demo(print: Print): Promise<void> {
  return story(ExpiringCarts, print);
}

if (isMain('write-behind/memory/before')) {
  void demo(console.log);
}
