import type { Clock } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import { lamp, type Product } from '../../shared/product.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { type Node, type OpenShop, story } from './story.ts';

export class LastWriteWins<V> {
  readonly #store: Store<string, V>;
  readonly #clock: Clock;
  readonly #pending = new Map<string, Operation<string, V>>();

  constructor(store: Store<string, V>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  // #region last
  async update(
    key: string,
    change: (current: V | undefined) => V | undefined,
  ): Promise<void> {
    const stored = await this.#store.read(key);
    const pending = this.#pending.get(key);
    const value = change(pending ? contentOf(pending) : stored);
    // #region bug
    const version = this.#clock.now();
    // #endregion bug
    this.#pending.set(
      key,
      value === undefined
        ? { type: 'delete', key, version }
        : { type: 'set', key, value, version },
    );
  }

  async flush(): Promise<void> {
    const batch = [...this.#pending.values()];
    await this.#store.write(batch);
    for (const operation of batch) {
      const { key } = operation;
      const isNewest = this.#pending.get(key) === operation;
      if (isNewest) this.#pending.delete(key);
    }
  }
  // #endregion last
}

function contentOf<V>(
  operation: Operation<string, V>,
): V | undefined {
  return operation.type === 'set' ? operation.value : undefined;
}

/** The row with the highest time stays. */
const openShop: OpenShop = (clock) => {
  const store = new InMemoryStore<string, Product>({
    rows: [['lamp', lamp]],
    clock,
  });
  const open = (own: Clock): Node =>
    new LastWriteWins(store, own);
  return {
    open,
    changeFromElsewhere(patch) {
      const value = {
        ...lamp,
        ...store.peek('lamp'),
        ...patch,
      };
      const version = clock.now();
      store.carryOut({
        type: 'set',
        key: 'lamp',
        value,
        version,
      });
    },
    stored: () => store.peek('lamp'),
  };
};

export function demo(print: Print): Promise<void> {
  return story(openShop, print);
}

if (isMain('write-behind/conflicts/before')) {
  void demo(console.log);
}
