import { Inject, Injectable, Logger } from '@nestjs/common';
import { ReadThroughWithWrites } from '../../strategies/read-through/read-through-with-writes.ts';
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

@Injectable()
export class ReadThroughProducts implements Products {
  readonly #cache: ReadThroughWithWrites<string, Product>;
  readonly #editor: ProductEditor;

  constructor(@Inject(DATABASE) database: Database) {
    const log = new Logger(ReadThroughProducts.name);
    const table = database.rowsOf('read-through');
    this.#cache = new ReadThroughWithWrites({
      table,
      onLoadError: (error) => log.warn(error),
    });
    this.#editor = new ProductEditor(table);
  }

  // #region calls
  async get(id: string): Promise<Outcome> {
    const product = await this.#cache.get(id);
    return outcome(id, expectProduct(id, product), 'read through the cache');
  }

  async change(id: string, change: ChangeProduct): Promise<Outcome> {
    const product = await this.#editor.edit(id, change, (row) =>
      this.#cache.set(id, row),
    );
    return outcome(id, product, 'stored; the next read loads it');
  }
  // #endregion calls
}
