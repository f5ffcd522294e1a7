import type { Store } from '../../shared/store.ts';
import type { Table } from '../../shared/table.ts';
import type { Product } from './products.ts';

export const strategies = [
  'cache-aside',
  'read-through',
  'write-through',
  'write-behind',
] as const;

export type Strategy = (typeof strategies)[number];

/** The ports of all the strategies. */
export interface ProductRows
  extends Store<string, Product>,
    Table<string, Product> {}

// #region database
/**
 * Each strategy has products of its own: a write-behind cache must be the only
 * one who writes its keys, and none of the others would hear of its writes.
 */
export interface Database {
  rowsOf(strategy: Strategy): ProductRows;
  close(): Promise<void>;
}

/** Of the injected database. */
export const DATABASE = Symbol('database');
// #endregion database

/** What there is at first, for each strategy. */
export const firstProducts: ReadonlyMap<string, Product> = new Map([
  ['1', { name: 'Desk lamp', price: 49, stock: 12 }],
  ['2', { name: 'Chair', price: 129, stock: 4 }],
  ['3', { name: 'Kettle', price: 35, stock: 30 }],
]);
