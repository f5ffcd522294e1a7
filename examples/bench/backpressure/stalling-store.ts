import { type Clock, sleep } from '../../shared/clock.ts';
import { Hang } from '../../shared/hang.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { Connections } from '../strategies/connections.ts';

export interface StallingStoreOptions {
  readonly clock: Clock;
  readonly connections: number;
  /** Milliseconds for a call, and for each of its rows on top. */
  readonly callMs: number;
  readonly rowMs: number;
}

/** Takes few calls at a time, and none while it stalls; the others line up. */
export class StallingStore implements Store<number, number> {
  readonly #clock: Clock;
  readonly #connections: Connections;
  readonly #callMs: number;
  readonly #rowMs: number;
  readonly #hang = new Hang();
  readonly #stored = new Set<number>();

  constructor(options: StallingStoreOptions) {
    const { clock, connections, callMs, rowMs } = options;
    this.#clock = clock;
    this.#connections = new Connections(connections);
    this.#callMs = callMs;
    this.#rowMs = rowMs;
  }

  get size(): number {
    return this.#stored.size;
  }

  stall(): void {
    this.#hang.begin();
  }

  recover(): void {
    this.#hang.end();
  }

  async read(): Promise<undefined> {
    return undefined;
  }

  write(batch: readonly Operation<number, number>[]): Promise<void> {
    return this.#connections.run(async () => {
      await this.#hang.over();
      await sleep(this.#clock, this.#callMs + batch.length * this.#rowMs);
      for (const { key } of batch) this.#stored.add(key);
    });
  }
}
