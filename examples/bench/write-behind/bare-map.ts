import type { User } from './subject.ts';

/** What operations cost that promise nothing. */
export class BareMap {
  readonly #users = new Map<string, User | undefined>();

  async get(key: string): Promise<User | undefined> {
    return this.#users.get(key);
  }

  async set(key: string, value: User): Promise<void> {
    this.#users.set(key, value);
  }

  /** The key stays, as in a cache that owes the store the delete. */
  async delete(key: string): Promise<void> {
    this.#users.set(key, undefined);
  }
}
