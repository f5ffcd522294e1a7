import { Injectable } from '@nestjs/common';
import {
  WriteBehindCache,
  type WriteStatus,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { RetryAfter } from '../../write-behind/backpressure/retry-after.ts';
import type { ChangeProduct } from './change-product.ts';
import {
  changed,
  expectProduct,
  type Outcome,
  outcome,
  type Product,
  type Products,
} from './products.ts';

// #region messages
const messages: Readonly<Record<WriteStatus, string>> = {
  clean: 'the database has it',
  pending: 'accepted, and waits for the database',
  writing: 'accepted, and on its way to the database',
  failed: 'accepted, and refused by the database',
};
// #endregion messages

@Injectable()
export class WriteBehindProducts implements Products {
  readonly #cache: WriteBehindCache<string, Product>;
  readonly #retryAfter: RetryAfter;

  constructor(
    cache: WriteBehindCache<string, Product>,
    retryAfter: RetryAfter,
  ) {
    this.#cache = cache;
    this.#retryAfter = retryAfter;
  }

  // #region calls
  async get(id: string): Promise<Outcome> {
    const product = expectProduct(id, await this.#cache.get(id));
    return outcome(id, product, messages[this.#cache.status(id)]);
  }

  async change(id: string, change: ChangeProduct): Promise<Outcome> {
    this.#retryAfter.observe();
    const product = await this.#cache.update(id, (current) =>
      changed(expectProduct(id, current), change),
    );
    return outcome(id, product, messages[this.#cache.status(id)]);
  }
  // #endregion calls
}
