/**
 * Writes what it reads from one partition into the store, in batches. A message
 * is done when it is stored, replaced by a later one, or set aside.
 */
import type { Operation } from '../../shared/store.ts';
import { ContiguousPrefix } from './contiguous-prefix.ts';
import type { LoggedMessage, Partition, PartitionReader } from './event-log.ts';
import {
  type PartitionWriterOptions,
  type PartitionWriterSettings,
  settingsFrom,
} from './partition-writer-options.ts';
import { failureOf, type WriteFailure } from './write-failure.ts';

export class PartitionWriter<V> implements PartitionReader {
  readonly #partition: Partition;
  readonly #settings: PartitionWriterSettings<V>;
  readonly #prefix = new ContiguousPrefix();
  /** The newest of each key. */
  readonly #pending = new Map<string, Pending<V>>();
  /** Who waits for room. */
  readonly #waiting: (() => void)[] = [];
  readonly #timers = new Set<() => void>();
  #writing: Promise<void> | undefined;
  #acknowledging: Promise<void> | undefined;
  /** Failures in a row that look like an outage. */
  #outages = 0;
  #batchSize: number;
  #isPaused = false;
  #isStopped = false;

  constructor(partition: Partition, options: PartitionWriterOptions<V>) {
    this.#partition = partition;
    this.#settings = settingsFrom(options);
    this.#batchSize = this.#settings.maxBatchSize;
  }

  // #region read
  async read(messages: readonly LoggedMessage[]): Promise<void> {
    for (const message of messages) {
      if (this.#prefix.begin(message.position)) this.#take(message);
    }
    this.#acknowledge();
    this.#write();
    const { maxUnacknowledged } = this.#settings;
    while (this.#prefix.size >= maxUnacknowledged && !this.#isStopped) {
      await new Promise<void>((look) => this.#waiting.push(look));
    }
  }

  #take(message: LoggedMessage): void {
    let operation: Operation<string, V>;
    try {
      operation = this.#settings.operationOf(message);
    } catch (error) {
      void this.#setAside(message, error);
      return;
    }
    const { key, version } = operation;
    const known = this.#pending.get(key);
    // Of two that wait, one is enough: the later is on the log as well.
    if (known !== undefined && known.operation.version > version) {
      this.#prefix.finish(message.position);
      return;
    }
    if (known !== undefined) this.#prefix.finish(known.message.position);
    const pending = newPending(message, operation);
    pending.goesAlone = known?.goesAlone ?? false;
    this.#pending.set(key, pending);
  }
  // #endregion read

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const cancel of this.#timers) cancel();
    this.#letIn();
    await this.#writing;
    await this.#acknowledging;
    // Whatever the last batch has stored need not be stored again.
    const { end } = this.#prefix;
    if (end === undefined) return;
    try {
      await this.#partition.acknowledge(end);
    } catch (error) {
      this.#settings.onError(error);
    }
  }

  // #region write
  #write(): void {
    if (!this.#isStopped) this.#writing ??= this.#writeAll();
  }

  /** One batch at a time: what comes meanwhile is the next. */
  async #writeAll(): Promise<void> {
    try {
      await undefined;
      for (let batch = this.#next(); batch.length > 0; batch = this.#next()) {
        await this.#writeBatch(batch);
        this.#acknowledge();
      }
    } finally {
      this.#writing = undefined;
    }
  }

  async #writeBatch(batch: readonly Pending<V>[]): Promise<void> {
    const thrown = await this.#send(batch);
    const failure = thrown && failureOf(thrown.error, keysOf(batch));
    for (const pending of batch) {
      const { key } = pending.operation;
      const isReplaced = this.#pending.get(key) !== pending;
      if (!failure?.keys.has(key)) this.#finish(pending);
      else if (!isReplaced) this.#recover(pending, failure);
    }
    if (failure?.isOutage) this.#pause(batch);
    else this.#goOn();
  }
  // #endregion write

  async #send(
    batch: readonly Pending<V>[],
  ): Promise<{ readonly error: unknown } | undefined> {
    try {
      await this.#settings.store.write(batch.map((it) => it.operation));
      return undefined;
    } catch (error) {
      this.#settings.onError(error);
      return { error };
    }
  }

  /** What was refused, or has failed alone, goes alone until it is stored. */
  #next(): readonly Pending<V>[] {
    if (this.#isStopped || this.#isPaused) return [];
    const batch: Pending<V>[] = [];
    for (const pending of this.#pending.values()) {
      if (pending.isPutOff) continue;
      if (!pending.goesAlone) batch.push(pending);
      else if (batch.length === 0) return [pending];
      if (batch.length === this.#batchSize) break;
    }
    return batch;
  }

  // #region poison
  #recover(pending: Pending<V>, failure: WriteFailure): void {
    const { error, kind, isCertain } = failure;
    if (kind !== 'temporary') {
      pending.refusals += 1;
      pending.goesAlone = true;
    }
    const isHopeless =
      kind === 'permanent' ||
      (kind === 'unknown' && pending.refusals >= this.#settings.attempts);
    if (isCertain && isHopeless) {
      this.#pending.delete(pending.operation.key);
      void this.#setAside(pending.message, error);
      return;
    }
    // Where it is not known which of them was refused, each is asked at once.
    if (!isCertain) return;
    pending.failures += 1;
    pending.isPutOff = true;
    this.#retry(pending.failures, () => {
      pending.isPutOff = false;
      this.#write();
    });
  }

  /** It is done with when it is safe elsewhere, and not before. */
  async #setAside(
    message: LoggedMessage,
    error: unknown,
    attempt = 1,
  ): Promise<void> {
    try {
      await this.#settings.setAside(message, error);
    } catch (refusal) {
      this.#settings.onError(refusal);
      this.#retry(attempt, () => {
        void this.#setAside(message, error, attempt + 1);
      });
      return;
    }
    this.#prefix.finish(message.position);
    this.#acknowledge();
  }
  // #endregion poison

  /** It may be one row that takes too long, or too many: fewer will tell. */
  #pause(batch: readonly Pending<V>[]): void {
    const [first, ...others] = batch;
    if (others.length > 0) this.#batchSize = Math.ceil(batch.length / 2);
    else if (first !== undefined) this.#letOthersPass(first, true);
    this.#outages += 1;
    this.#isPaused = true;
    this.#retry(this.#outages, () => {
      this.#isPaused = false;
      this.#write();
    });
  }

  /** Whatever its key has now, or one that keeps changing would stay in front. */
  #letOthersPass({ operation }: Pending<V>, goesAlone: boolean): void {
    const { key } = operation;
    const latest = this.#pending.get(key);
    if (latest === undefined) return;
    latest.goesAlone = goesAlone;
    this.#pending.delete(key);
    this.#pending.set(key, latest);
  }

  /** Doubled, it would fail every second time where full ones are too large. */
  #goOn(): void {
    this.#outages = 0;
    const { maxBatchSize } = this.#settings;
    const larger = this.#batchSize + Math.ceil(maxBatchSize / 10);
    this.#batchSize = Math.min(maxBatchSize, larger);
  }

  #finish(pending: Pending<V>): void {
    const { key } = pending.operation;
    if (this.#pending.get(key) === pending) this.#pending.delete(key);
    else this.#letOthersPass(pending, false);
    this.#prefix.finish(pending.message.position);
  }

  // #region acknowledge
  #acknowledge(): void {
    if (!this.#isStopped) this.#acknowledging ??= this.#acknowledgeAll();
  }

  async #acknowledgeAll(): Promise<void> {
    try {
      await undefined;
      // Nothing may come between the last look and the end of this.
      for (let end = this.#end(); end !== undefined; end = this.#end()) {
        await this.#partition.acknowledge(end);
        this.#prefix.drop(end);
        this.#letIn();
      }
    } catch (error) {
      this.#settings.onError(error);
      this.#retry(1, () => this.#acknowledge());
    } finally {
      this.#acknowledging = undefined;
    }
  }

  #end(): number | undefined {
    return this.#isStopped ? undefined : this.#prefix.end;
  }
  // #endregion acknowledge

  #letIn(): void {
    for (const look of this.#waiting.splice(0)) look();
  }

  #retry(failures: number, task: () => void): void {
    if (this.#isStopped) return;
    const { clock, baseDelayMs, maxDelayMs } = this.#settings;
    const delay = Math.min(maxDelayMs, baseDelayMs * 2 ** (failures - 1));
    const cancel = clock.schedule(delay, () => {
      this.#timers.delete(cancel);
      task();
    });
    this.#timers.add(cancel);
  }
}

interface Pending<V> {
  readonly message: LoggedMessage;
  readonly operation: Operation<string, V>;
  /** Failures of its own, and those that it may be to blame for. */
  failures: number;
  refusals: number;
  goesAlone: boolean;
  /** Until its next attempt. */
  isPutOff: boolean;
}

function newPending<V>(
  message: LoggedMessage,
  operation: Operation<string, V>,
): Pending<V> {
  const counts = { failures: 0, refusals: 0 };
  return { message, operation, ...counts, goesAlone: false, isPutOff: false };
}

function keysOf<V>(batch: readonly Pending<V>[]): readonly string[] {
  return batch.map(({ operation }) => operation.key);
}
