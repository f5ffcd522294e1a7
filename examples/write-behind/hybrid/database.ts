/** The database of the shop, in a process, which a test can switch off. */
import { type Clock, sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation, Store } from '../../shared/store.ts';
import type { Row, Table } from '../../shared/table.ts';
import type { Change, WriteChanges } from '../coalescing/change.ts';
import { ChangeTable } from '../coalescing/change-table.ts';
import { type Balance, type Session, StaleBalanceError } from './shop.ts';

export class ShopDatabase {
  isDown = false;
  readonly accounts: Table<string, Balance>;
  readonly sessions: Store<string, Session>;
  readonly #accounts: InMemoryStore<string, Balance>;
  readonly #sessions: InMemoryStore<string, Session>;
  readonly #views: ChangeTable<number, number>;
  readonly #clock: Clock;

  constructor(
    clock: Clock,
    accounts: Iterable<readonly [string, Balance]> = [],
  ) {
    this.#clock = clock;
    this.#accounts = new InMemoryStore({ rows: accounts, clock });
    this.#sessions = new InMemoryStore({ clock });
    this.#views = new ChangeTable<number, number>({
      clock,
      apply: (views = 0, count) => views + count,
    });
    this.accounts = {
      find: (id) => this.#answer(() => this.#accounts.find(id)),
      put: (id, balance) => this.#answer(() => this.#put(id, balance)),
      remove: (id) => this.#answer(() => this.#accounts.remove(id)),
    };
    this.sessions = {
      read: (id) => this.#answer(() => this.#sessions.read(id)),
      write: (batch: readonly Operation<string, Session>[]) =>
        this.#answer(() => this.#sessions.write(batch)),
    };
  }

  // #region views
  /** A row a page and node: each has the versions of one queue. */
  viewsFrom(node: string): WriteChanges<string, number> {
    return (batch: readonly Change<string, number>[]) => {
      const rows = batch.map((one) => ({ ...one, key: `${one.key} ${node}` }));
      return this.#answer(() => this.#views.write(rows));
    };
  }

  views(url: string): number {
    return this.#views.store
      .entries()
      .filter(([key]) => key.startsWith(`${url} `))
      .reduce((sum, [, views]) => sum + views, 0);
  }
  // #endregion views

  balance(userId: string): Balance | undefined {
    return this.#accounts.peek(userId);
  }

  session(id: string): Session | undefined {
    return this.#sessions.peek(id);
  }

  // #region put
  async #put(id: string, balance: Balance): Promise<Row<Balance>> {
    const { revision = 0 } = this.#accounts.peek(id) ?? {};
    if (balance.revision !== revision + 1) {
      throw new StaleBalanceError(
        `expected revision ${revision + 1}, got ${balance.revision}`,
      );
    }
    return this.#accounts.commit({
      type: 'set',
      key: id,
      value: balance,
      version: 0,
    });
  }
  // #endregion put

  async #answer<T>(work: () => Promise<T>): Promise<T> {
    await sleep(this.#clock, 20);
    if (this.isDown) throw new Error('the database is down');
    return work();
  }
}
