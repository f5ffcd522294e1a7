import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation, Store } from '../../shared/store.ts';

/** Takes a batch in one transaction, and no price below 0. */
export class PriceTable implements Store<string, number> {
  readonly #rows = new InMemoryStore<string, number>();
  /** Transactions of which nothing came. */
  rolledBack = 0;

  read(product: string): Promise<number | undefined> {
    return this.#rows.read(product);
  }

  /** One bad row rolls back all of it, and the error does not say which. */
  async write(batch: readonly Operation<string, number>[]): Promise<void> {
    const isValid = batch.every((it) => it.type === 'delete' || it.value >= 0);
    if (!isValid) {
      this.rolledBack += 1;
      throw new Error('violates check constraint "price_check"');
    }
    await this.#rows.write(batch);
  }

  /** Each product with its price. */
  entries(): [string, number][] {
    return this.#rows.entries();
  }
}
