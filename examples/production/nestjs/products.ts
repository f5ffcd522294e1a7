import { ProductNotFoundError } from '../../shared/product.ts';
import type { Table } from '../../shared/table.ts';
import { KeyLock } from '../../write-behind/async-safety/key-lock.ts';
import type { ChangeProduct } from './change-product.ts';

/** What is stored and cached under an id. */
export interface Product {
  readonly name: string;
  readonly price: number;
  readonly stock: number;
}

/** A product, and what became of the call: nothing of it is for programs. */
export interface Outcome {
  readonly product: { readonly id: number } & Product;
  readonly message: string;
}

export function outcome(
  id: string,
  product: Product,
  message: string,
): Outcome {
  return { product: { id: Number(id), ...product }, message };
}

/** What a controller needs, whatever the strategy behind it. */
export interface Products {
  get(id: string): Promise<Outcome>;
  change(id: string, change: ChangeProduct): Promise<Outcome>;
}

export function expectProduct(
  id: string,
  product: Product | undefined,
): Product {
  if (product === undefined) throw new ProductNotFoundError(id);
  return product;
}

// #region changed
/** A field that the body does not have is there, and undefined. */
export function changed(product: Product, change: ChangeProduct): Product {
  return {
    name: change.name ?? product.name,
    price: change.price ?? product.price,
    stock: change.stock ?? product.stock,
  };
}
// #endregion changed

/** Changes fields of rows that are saved as a whole. */
export class ProductEditor {
  readonly #table: Pick<Table<string, Product>, 'find'>;
  readonly #lock = new KeyLock<string>();

  constructor(table: Pick<Table<string, Product>, 'find'>) {
    this.#table = table;
  }

  // #region edit
  /** Or of two changes at once, the later one would undo the earlier. */
  edit(
    id: string,
    change: ChangeProduct,
    save: (product: Product) => Promise<unknown>,
  ): Promise<Product> {
    return this.#lock.run(id, async () => {
      const { value } = await this.#table.find(id);
      const product = changed(expectProduct(id, value), change);
      await save(product);
      return product;
    });
  }
  // #endregion edit
}
