import type { PartitionedStore } from './partitioned-store.ts';
import type { WriteQueue } from './write-queue.ts';

// #region client
/** What any number of nodes may use at the same time. It owns nothing. */
export class WriteBehindClient<V> {
  readonly #queue: Pick<WriteQueue<V>, 'append' | 'pending'>;
  readonly #store: Pick<PartitionedStore<V>, 'read'>;

  constructor(
    queue: Pick<WriteQueue<V>, 'append' | 'pending'>,
    store: Pick<PartitionedStore<V>, 'read'>,
  ) {
    this.#queue = queue;
    this.#store = store;
  }

  async get(key: string): Promise<V | undefined> {
    // Before the store: what is no longer pending by then is in the store.
    const pending = await this.#queue.pending(key);
    if (pending === undefined) return this.#store.read(key);
    return pending.type === 'set' ? pending.value : undefined;
  }

  /** Resolves once Redis has it. */
  async set(key: string, value: V): Promise<void> {
    await this.#queue.append(key, value);
  }

  async delete(key: string): Promise<void> {
    await this.#queue.append(key);
  }
}
// #endregion client
