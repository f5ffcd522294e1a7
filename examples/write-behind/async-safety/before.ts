import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Store } from '../../shared/store.ts';
import {
  type User,
  type UserChange,
  UserNotFoundError,
} from '../../shared/user.ts';
import { story, type Users } from './story.ts';

export class CachedUsers implements Users {
  readonly #store: Store<string, User>;
  readonly #cached = new Map<string, User | undefined>();
  #version = 0;

  constructor(store: Store<string, User>) {
    this.#store = store;
  }

  // #region get
  async get(id: string): Promise<User | undefined> {
    if (!this.#cached.has(id)) {
      // #region bug
      const user = await this.#store.read(id);
      this.#cached.set(id, user);
      // #endregion bug
    }
    return this.#cached.get(id);
  }
  // #endregion get

  // #region change
  async save(user: User): Promise<void> {
    await this.#write(user);
  }

  async change(id: string, change: UserChange): Promise<User> {
    // #region stale
    const user = await this.get(id);
    // #endregion stale
    if (user === undefined) throw new UserNotFoundError(id);
    const changed = { ...user, ...change };
    await this.#write(changed);
    return changed;
  }

  async #write(user: User): Promise<void> {
    const version = ++this.#version;
    await this.#store.write([
      { type: 'set', key: user.id, value: user, version },
    ]);
    this.#cached.set(user.id, user);
  }
  // #endregion change
}

export function demo(print: Print): Promise<void> {
  return story(CachedUsers, print);
}

if (isMain('write-behind/async-safety/before')) {
  void demo(console.log);
}
