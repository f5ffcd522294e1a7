import { isMain } from '../../shared/main.ts';
import { SingleFlight } from '../../shared/single-flight.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Store } from '../../shared/store.ts';
import {
  type User,
  type UserChange,
  UserNotFoundError,
} from '../../shared/user.ts';
import { KeyLock } from './key-lock.ts';
import { story, type Users } from './story.ts';

export class CachedUsers implements Users {
  readonly #store: Store<string, User>;
  readonly #cached = new Map<string, User | undefined>();
  readonly #reads = new SingleFlight<
    string,
    User | undefined
  >();
  readonly #lock = new KeyLock<string>();
  #version = 0;

  constructor(store: Store<string, User>) {
    this.#store = store;
  }

  // #region get
  async get(id: string): Promise<User | undefined> {
    if (this.#cached.has(id)) return this.#cached.get(id);
    return this.#reads.run(id, async (isCurrent) => {
      const user = await this.#store.read(id);
      // #region mend
      if (isCurrent()) this.#cached.set(id, user);
      // #endregion mend
      return user;
    });
  }
  // #endregion get

  // #region change
  async save(user: User): Promise<void> {
    await this.#lock.run(user.id, () => this.#write(user));
  }

  async change(id: string, change: UserChange): Promise<User> {
    // #region lock
    return this.#lock.run(id, async () => {
      // #endregion lock
      const user = await this.get(id);
      if (user === undefined) throw new UserNotFoundError(id);
      const changed = { ...user, ...change };
      await this.#write(changed);
      return changed;
    });
  }

  async #write(user: User): Promise<void> {
    const version = ++this.#version;
    try {
      await this.#store.write([
        { type: 'set', key: user.id, value: user, version },
      ]);
      this.#cached.set(user.id, user);
    } catch (error) {
      // The row may have changed: the next read finds out.
      this.#cached.delete(user.id);
      throw error;
    } finally {
      this.#reads.forget(user.id);
    }
  }
  // #endregion change
}

export function demo(print: Print): Promise<void> {
  return story(CachedUsers, print);
}

if (isMain('write-behind/async-safety/after')) {
  void demo(console.log);
}
