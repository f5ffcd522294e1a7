import { CACHE_MANAGER, type Cache } from '@nestjs/cache-manager';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CacheAside } from '../../strategies/cache-aside/cache-aside.ts';
import type { ChangeProduct } from './change-product.ts';
import { DATABASE, type Database, type ProductRows } from './database.ts';
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
export class CacheAsideProducts implements Products {
  readonly #rows: ProductRows;
  readonly #cache: CacheAside<string, Product>;
  readonly #editor: ProductEditor;

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(CACHE_MANAGER) cache: Cache,
    @Inject(SETTINGS) { cacheTimeoutMs }: Settings,
  ) {
    const log = new Logger(CacheAsideProducts.name);
    this.#rows = database.rowsOf('cache-aside');
    this.#cache = new CacheAside({
      cache: sharedCache(cache, 'cache-aside'),
      cacheTimeoutMs,
      onCacheError: (error) => log.warn(error),
    });
    this.#editor = new ProductEditor(this.#rows);
  }

  // #region calls
  async get(id: string): Promise<Outcome> {
    let message = 'found in the cache';
    const product = await this.#cache.get(id, (key) => {
      message = 'read from the database';
      return this.#rows.find(key);
    });
    return outcome(id, expectProduct(id, product), message);
  }

  async change(id: string, change: ChangeProduct): Promise<Outcome> {
    const product = await this.#editor.edit(id, change, async (row) => {
      try {
        await this.#rows.put(id, row);
      } finally {
        // Even after an error: the row may be committed.
        await this.#cache.invalidate(id);
      }
    });
    return outcome(id, product, 'stored, and gone from the cache');
  }
  // #endregion calls
}
