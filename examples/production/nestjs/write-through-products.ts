import { CACHE_MANAGER, type Cache } from '@nestjs/cache-manager';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { WriteThroughCache } from '../../strategies/write-through/write-through-cache.ts';
import type { ChangeProduct } from './change-product.ts';
import { DATABASE, type Database } from './database.ts';
import {
  expectProduct,
  type Outcome,
  outcome,
  type Product,
  ProductEditor,
  type Products,
} from './products.ts';
import { SETTINGS, type Settings } from './settings.ts';
import { sharedCache } from './shared-cache.ts';

@Injectable()
export class WriteThroughProducts implements Products {
  readonly #cache: WriteThroughCache<string, Product>;
  readonly #editor: ProductEditor;

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(CACHE_MANAGER) cache: Cache,
    @Inject(SETTINGS) { cacheTimeoutMs }: Settings,
  ) {
    const log = new Logger(WriteThroughProducts.name);
    const table = database.rowsOf('write-through');
    this.#cache = new WriteThroughCache({
      table,
      cache: sharedCache(cache, 'write-through'),
      cacheTimeoutMs,
      onCacheError: (error) => log.warn(error),
    });
    this.#editor = new ProductEditor(table);
  }

  // #region calls
  async get(id: string): Promise<Outcome> {
    const product = await this.#cache.get(id);
    return outcome(
      id,
      expectProduct(id, product),
      'read from the cache, or else from the database',
    );
  }

  async change(id: string, change: ChangeProduct): Promise<Outcome> {
    const product = await this.#editor.edit(id, change, (row) =>
      this.#cache.set(id, row),
    );
    return outcome(id, product, 'stored, and put into the cache');
  }
  // #endregion calls
}
