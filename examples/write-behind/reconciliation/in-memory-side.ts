import { type Clock, sleep, systemClock } from '../../shared/clock.ts';
import { Hang } from '../../shared/hang.ts';
import type { Operation, Store } from '../../shared/store.ts';
import type { Row } from '../../shared/table.ts';
import type { Page, Rows, Side } from './side.ts';

export interface InMemorySideOptions {
  /** Milliseconds until a call takes effect, and likewise for its answer. */
  readonly latencyMs?: number;
  readonly clock?: Clock;
}

/** Rows in a process: a shared cache, or a table, with the faults of a test. */
export class InMemorySide<V> implements Side<V>, Store<string, V> {
  readonly #rows = new Map<string, Row<V>>();
  readonly #latencyMs: number;
  readonly #clock: Clock;
  readonly #errors: unknown[] = [];
  readonly #hang = new Hang();
  #calls = 0;

  constructor(options: InMemorySideOptions = {}) {
    const { latencyMs = 0, clock = systemClock } = options;
    this.#latencyMs = latencyMs;
    this.#clock = clock;
  }

  page(limit: number, from = ''): Promise<Page<V>> {
    return this.#call(() => {
      const keys = [...this.#rows.keys()].filter((key) => key > from).sort();
      const rows = this.#pick(keys.slice(0, limit));
      const isLast = keys.length <= limit;
      return { rows, next: isLast ? undefined : keys[limit - 1] };
    });
  }

  lookUp(keys: readonly string[]): Promise<Rows<V>> {
    return this.#call(() => this.#pick(keys));
  }

  replace(
    key: string,
    seen: Row<V> | undefined,
    row: Row<V> | undefined,
  ): Promise<boolean> {
    return this.#call(() => {
      if (this.row(key)?.version !== seen?.version) return false;
      this.put(key, row);
      return true;
    });
  }

  async read(key: string): Promise<V | undefined> {
    const rows = await this.lookUp([key]);
    return rows.get(key)?.value;
  }

  /** Of two versions, the older one changes nothing. */
  write(batch: readonly Operation<string, V>[]): Promise<void> {
    return this.#call(() => {
      for (const operation of batch) {
        const { key, version } = operation;
        const held = this.row(key)?.version ?? 0;
        const value = operation.type === 'set' ? operation.value : undefined;
        if (held <= version) this.put(key, { value, version });
      }
    });
  }

  /** Changes the row at once, whatever it was; undefined forgets it. */
  put(key: string, row: Row<V> | undefined): void {
    if (row === undefined) this.#rows.delete(key);
    else this.#rows.set(key, row);
  }

  row(key: string): Row<V> | undefined {
    return this.#rows.get(key);
  }

  /** Fails the next calls, each with the next of the errors. */
  failNext(...errors: readonly unknown[]): void {
    this.#errors.push(...errors);
  }

  /** Answers nothing until it recovers. */
  hang(): void {
    this.#hang.begin();
  }

  recover(): void {
    this.#hang.end();
  }

  /** Calls that were made. */
  get calls(): number {
    return this.#calls;
  }

  #pick(keys: readonly string[]): Rows<V> {
    return new Map(
      keys.flatMap((key) => {
        const row = this.row(key);
        return row === undefined ? [] : [[key, row] as const];
      }),
    );
  }

  /** What happens, happens in one step, between the way there and back. */
  async #call<T>(work: () => T): Promise<T> {
    this.#calls += 1;
    await this.#hang.over();
    await sleep(this.#clock, this.#latencyMs);
    if (this.#errors.length > 0) throw this.#errors.shift();
    const answer = work();
    await sleep(this.#clock, this.#latencyMs);
    return answer;
  }
}
