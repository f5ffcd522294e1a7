import { type Clock, sleep, systemClock } from './clock.ts';
import {
  isPermanent,
  type Operation,
  PartialWriteError,
  type Store,
} from './store.ts';

export interface InMemoryStoreOptions<K, V> {
  /** What it holds at first. */
  readonly rows?: Iterable<readonly [K, V]>;
  /** Milliseconds that the answer of a read takes. Default: 0. */
  readonly readMs?: number;
  /** Milliseconds until a batch is carried out. Default: 0. */
  readonly writeMs?: number;
  readonly clock?: Clock;
}

/** A database in a process: slow, broken or hung, as the test wants it. */
export class InMemoryStore<K, V> implements Store<K, V> {
  readonly #rows = new Map<K, Row<V>>();
  readonly #readMs: number;
  readonly #writeMs: number;
  readonly #clock: Clock;
  readonly #brokenKeys = new Map<K, unknown>();
  readonly #errors: unknown[] = [];
  readonly #hung: (() => void)[] = [];
  #hangs = false;
  readonly #counts = { reads: 0, writes: 0, rows: 0 };

  constructor(options: InMemoryStoreOptions<K, V> = {}) {
    const { rows = [], readMs = 0, writeMs = 0, clock = systemClock } = options;
    for (const [key, value] of rows) {
      this.#rows.set(key, { version: 0, content: { value } });
    }
    this.#readMs = readMs;
    this.#writeMs = writeMs;
    this.#clock = clock;
  }

  /** Finds the row at once; the answer takes its time, and may be old then. */
  async read(key: K): Promise<V | undefined> {
    this.#counts.reads += 1;
    await this.#whileHung();
    const found = this.peek(key);
    await sleep(this.#clock, this.#readMs);
    return found;
  }

  async write(batch: readonly Operation<K, V>[]): Promise<void> {
    this.#counts.writes += 1;
    await this.#whileHung();
    await sleep(this.#clock, this.#writeMs);
    if (this.#errors.length > 0) throw this.#errors.shift();
    for (const operation of batch) {
      if (!this.#brokenKeys.has(operation.key)) this.carryOut(operation);
    }
    const failed = batch.filter(({ key }) => this.#brokenKeys.has(key));
    if (failed.length === 0) return;
    const causes = failed.map(({ key }) => this.#brokenKeys.get(key));
    throw new PartialWriteError(failed, {
      cause: causes[0],
      permanent: causes.every(isPermanent),
    });
  }

  /** Fails the next writes as a whole, each with the next of the errors. */
  failNextWrites(...errors: readonly unknown[]): void {
    this.#errors.push(...errors);
  }

  /** Fails each operation on the key, until it is mended. */
  breakKey(key: K, cause: unknown = new Error('the row is refused')): void {
    this.#brokenKeys.set(key, cause);
  }

  mendKey(key: K): void {
    this.#brokenKeys.delete(key);
  }

  /** Answers nothing until it recovers. */
  hang(): void {
    this.#hangs = true;
  }

  recover(): void {
    this.#hangs = false;
    for (const resume of this.#hung.splice(0)) resume();
  }

  /** Changes the row at once, unless it is a later one's: says whether. */
  carryOut(operation: Operation<K, V>): boolean {
    const { type, key, version } = operation;
    if (version < (this.#rows.get(key)?.version ?? 0)) return false;
    this.#counts.rows += 1;
    // A deleted row leaves its version: an older write must not bring it back.
    const content = type === 'set' ? { value: operation.value } : undefined;
    this.#rows.set(key, { version, content });
    return true;
  }

  /** What is stored now, beside all latency and counts. */
  peek(key: K): V | undefined {
    return this.#rows.get(key)?.content?.value;
  }

  entries(): [K, V][] {
    return [...this.#rows].flatMap(([key, { content }]): [K, V][] =>
      content === undefined ? [] : [[key, content.value]],
    );
  }

  /** Reads and writes that were asked for; rows that were changed. */
  counts(): Readonly<{ reads: number; writes: number; rows: number }> {
    return { ...this.#counts };
  }

  async #whileHung(): Promise<void> {
    while (this.#hangs) {
      await new Promise<void>((resume) => this.#hung.push(resume));
    }
  }
}

interface Row<V> {
  readonly version: number;
  readonly content: { readonly value: V } | undefined;
}
