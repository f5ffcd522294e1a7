import { type Clock, sleep, systemClock } from './clock.ts';
import { Hang } from './hang.ts';
import {
  isPermanent,
  type Operation,
  PartialWriteError,
  type Store,
} from './store.ts';
import type { Row, Table } from './table.ts';

export interface InMemoryStoreOptions<K, V> {
  /** What it holds at first. */
  readonly rows?: Iterable<readonly [K, V]>;
  /** Milliseconds that the answer of a read takes. Default: 0. */
  readonly readMs?: number;
  /** Milliseconds until a write is carried out. Default: 0. */
  readonly writeMs?: number;
  readonly clock?: Clock;
}

/** A database in a process: slow, broken or hung, as the test wants it. */
export class InMemoryStore<K, V> implements Store<K, V>, Table<K, V> {
  readonly #rows = new Map<K, Row<V>>();
  readonly #readMs: number;
  readonly #writeMs: number;
  readonly #clock: Clock;
  readonly #brokenKeys = new Map<K, unknown>();
  readonly #readErrors: unknown[] = [];
  readonly #writeErrors: unknown[] = [];
  readonly #lostAnswers: unknown[] = [];
  readonly #hang = new Hang();
  readonly #counts = { reads: 0, writes: 0, rows: 0 };

  constructor(options: InMemoryStoreOptions<K, V> = {}) {
    const { rows = [], readMs = 0, writeMs = 0, clock = systemClock } = options;
    for (const [key, value] of rows) {
      this.#rows.set(key, { value, version: 0 });
    }
    this.#readMs = readMs;
    this.#writeMs = writeMs;
    this.#clock = clock;
  }

  /** Finds the row at once; the answer takes its time, and may be old then. */
  async find(key: K): Promise<Row<V>> {
    this.#counts.reads += 1;
    await this.#hang.over();
    const row = this.row(key);
    await sleep(this.#clock, this.#readMs);
    if (this.#readErrors.length > 0) throw this.#readErrors.shift();
    return row;
  }

  async read(key: K): Promise<V | undefined> {
    const { value } = await this.find(key);
    return value;
  }

  put(key: K, value: V): Promise<Row<V>> {
    return this.#commit({ type: 'set', key, value, version: 0 });
  }

  remove(key: K): Promise<Row<V>> {
    return this.#commit({ type: 'delete', key, version: 0 });
  }

  async write(batch: readonly Operation<K, V>[]): Promise<void> {
    await this.#beginWrite();
    for (const operation of batch) {
      if (!this.#brokenKeys.has(operation.key)) this.carryOut(operation);
    }
    if (this.#lostAnswers.length > 0) throw this.#lostAnswers.shift();
    const failed = batch.filter(({ key }) => this.#brokenKeys.has(key));
    if (failed.length === 0) return;
    const causeOf = ({ key }: Operation<K, V>) => this.#brokenKeys.get(key);
    const [cause] = failed.map(causeOf);
    const hopeless = failed.filter((operation) =>
      isPermanent(causeOf(operation)),
    );
    throw new PartialWriteError(failed, { cause, hopeless });
  }

  /** Fails the next writes as a whole, each with the next of the errors. */
  failNextWrites(...errors: readonly unknown[]): void {
    this.#writeErrors.push(...errors);
  }

  /** Fails the next writes likewise, after they have been carried out. */
  loseNextAnswers(...errors: readonly unknown[]): void {
    this.#lostAnswers.push(...errors);
  }

  /** Fails the next reads, each with the next of the errors. */
  failNextReads(...errors: readonly unknown[]): void {
    this.#readErrors.push(...errors);
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
    this.#hang.begin();
  }

  recover(): void {
    this.#hang.end();
  }

  /** Changes the row at once, unless it is a later one's: says whether. */
  carryOut(operation: Operation<K, V>): boolean {
    const { type, key, version } = operation;
    if (version < this.row(key).version) return false;
    this.#counts.rows += 1;
    // A deleted row leaves its version: an older write must not bring it back.
    const value = type === 'set' ? operation.value : undefined;
    this.#rows.set(key, { value, version });
    return true;
  }

  /** Changes the row at once, under the version that comes next. */
  commit(operation: Operation<K, V>): Row<V> {
    const { key } = operation;
    this.carryOut({ ...operation, version: this.row(key).version + 1 });
    return this.row(key);
  }

  /** What is stored now, beside all latency and counts. */
  peek(key: K): V | undefined {
    return this.row(key).value;
  }

  /** The same, with its version. */
  row(key: K): Row<V> {
    return this.#rows.get(key) ?? { value: undefined, version: 0 };
  }

  entries(): [K, V][] {
    return [...this.#rows].flatMap(([key, { value }]): [K, V][] =>
      value === undefined ? [] : [[key, value]],
    );
  }

  /** Reads and writes that were asked for; rows that were changed. */
  counts(): Readonly<{ reads: number; writes: number; rows: number }> {
    return { ...this.#counts };
  }

  async #commit(operation: Operation<K, V>): Promise<Row<V>> {
    await this.#beginWrite();
    const { key } = operation;
    if (this.#brokenKeys.has(key)) throw this.#brokenKeys.get(key);
    const row = this.commit(operation);
    if (this.#lostAnswers.length > 0) throw this.#lostAnswers.shift();
    return row;
  }

  async #beginWrite(): Promise<void> {
    this.#counts.writes += 1;
    await this.#hang.over();
    await sleep(this.#clock, this.#writeMs);
    if (this.#writeErrors.length > 0) throw this.#writeErrors.shift();
  }
}
