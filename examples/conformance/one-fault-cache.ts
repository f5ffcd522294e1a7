/**
 * A plain write-behind cache that keeps its promises, unless it is given a
 * fault: for the tests of the kit, which must find each of them.
 */
import {
  isPermanent,
  type Operation,
  PartialWriteError,
} from '../shared/store.ts';
import type { CacheUnderTest, Setting } from './candidate.ts';

export type Fault =
  | 'accepts while it closes'
  | 'asks the store each time'
  | 'blames the whole batch'
  | 'clears what is newer'
  | 'clears the whole journal'
  | 'closes once'
  | 'closes without a report'
  | 'counts attempts by key'
  | 'drops refused letters'
  | 'evicts what is dirty'
  | 'expires what is dirty'
  | 'flushes inside set'
  | 'flushes one batch'
  | 'forgets what fails'
  | 'forgets what follows'
  | 'forgets what it sends'
  | 'has no alarm'
  | 'has no bound'
  | 'has no journal'
  | 'journals after the acknowledgement'
  | 'journals no deletes'
  | 'journals the first write only'
  | 'lets an old answer win'
  | 'never admits who waits'
  | 'overlaps itself'
  | 'postpones the alarm'
  | 'puts back over what is newer'
  | 'reads behind a delete'
  | 'sends one batch at a time'
  | 'sends sets, then deletes'
  | 'skips what is on its way'
  | 'stores what is truthy'
  | 'takes from the journal at once'
  | 'tries the old again'
  | 'updates the row'
  | 'updates without a turn'
  | 'waits for ever to close'
  | 'writes through';

interface Dirty<V> {
  operation: Operation<string, V>;
  sent: Operation<string, V> | undefined;
  attempts: number;
  /** Before this time nobody sends it, and at this time somebody does. */
  due: number;
  isRetry: boolean;
  isRefused: boolean;
  readonly since: number;
}

type Journal<V> = Map<string, Operation<string, V>>;

export class OneFaultCache<V> implements CacheUnderTest<V> {
  readonly #setting: Setting<V>;
  readonly #fault: Fault | undefined;
  readonly #journal: Journal<V>;
  readonly #dirty = new Map<string, Dirty<V>>();
  readonly #clean = new Map<string, V | undefined>();
  /** A write takes it away: what is read meanwhile is too old. */
  readonly #loads = new Map<string, symbol>();
  readonly #watchers: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #deleted = new Set<string>();
  readonly #attempts = new Map<string, number>();
  #flights = 0;
  #end: Promise<unknown> | undefined;
  #isClosed = false;
  #cancelAlarm = () => {};

  constructor(setting: Setting<V>, fault?: Fault) {
    this.#setting = setting;
    this.#fault = fault;
    this.#journal = setting.disk.open<Journal<V>>('journal', () => new Map());
    for (const operation of [...this.#journal.values()]) this.#admit(operation);
    if (this.#is('takes from the journal at once')) this.#journal.clear();
  }

  #is(fault: Fault): boolean {
    return this.#fault === fault;
  }

  async get(key: string): Promise<V | undefined> {
    if (this.#is('asks the store each time')) {
      return this.#setting.store.read(key);
    }
    const known = this.#known(key);
    if (known !== undefined) return known.value;
    const loaded = await this.#load(key);
    return (this.#known(key) ?? { value: loaded }).value;
  }

  async set(key: string, value: V): Promise<void> {
    await this.#submit(key, () => ({ type: 'set', key, value, version: 0 }));
  }

  async delete(key: string): Promise<void> {
    await this.#submit(key, () => ({ type: 'delete', key, version: 0 }));
  }

  async update(key: string, change: (current: V | undefined) => V): Promise<V> {
    for (;;) {
      if (this.#is('updates the row')) {
        const next = change(await this.#setting.store.read(key));
        await this.set(key, next);
        return next;
      }
      if (this.#is('updates without a turn')) {
        const next = change(await this.get(key));
        await this.set(key, next);
        return next;
      }
      if (this.#known(key) === undefined) await this.#load(key);
      const operation = await this.#submit(key, () => {
        const current = this.#known(key);
        if (current === undefined) return undefined;
        return { type: 'set', key, value: change(current.value), version: 0 };
      });
      if (operation?.type === 'set') return operation.value;
    }
  }

  async flush(): Promise<void> {
    let owed = [...this.#dirty.values()].filter(({ isRefused }) => !isRefused);
    if (this.#is('skips what is on its way')) {
      owed = owed.filter(({ sent }) => sent === undefined);
    }
    if (this.#is('flushes one batch')) {
      owed = owed.slice(0, this.#setting.maxBatchSize);
    }
    for (const entry of owed) if (!entry.isRetry) entry.due = -Infinity;
    const operations = owed.map(({ operation }) => operation);
    const flights = owed.map(({ sent }) => sent);
    this.#send();
    const isOpen = () =>
      operations.some((operation, index) => {
        const entry = this.#dirty.get(operation.key);
        if (entry === undefined || entry.isRefused) return false;
        const { sent } = entry;
        const isFlying = sent !== undefined && sent === flights[index];
        return entry.operation === operation || sent === operation || isFlying;
      });
    while (isOpen()) {
      await new Promise<void>((look) => this.#watchers.push(look));
    }
  }

  async close({ timeoutMs = 10_000 } = {}): Promise<unknown> {
    if (this.#is('closes once') && this.#end) throw new Error('it is closed');
    this.#end ??= this.#drain(timeoutMs);
    return this.#end;
  }

  async #drain(timeoutMs: number): Promise<unknown> {
    for (const admit of this.#waiting.splice(0)) admit();
    await new Promise<void>((resolve) => {
      void this.flush().then(resolve);
      if (this.#is('waits for ever to close')) return;
      this.#setting.clock.schedule(timeoutMs, resolve);
    });
    this.#isClosed = true;
    if (this.#is('closes without a report')) return undefined;
    const left = [...this.#dirty.values()];
    return { abandoned: left.map(({ operation }) => operation) };
  }

  #known(key: string): { readonly value: V | undefined } | undefined {
    const clean = this.#clean.has(key) && { value: this.#clean.get(key) };
    if (clean && this.#is('lets an old answer win')) return clean;
    const entry = this.#dirty.get(key);
    if (entry !== undefined && !this.#hides(entry)) {
      const { operation } = entry;
      if (operation.type === 'delete') return { value: undefined };
      const { value } = operation;
      const isSeen = value || !this.#is('stores what is truthy');
      return isSeen ? { value } : undefined;
    }
    return clean || undefined;
  }

  #hides({ operation, sent, since }: Dirty<V>): boolean {
    const age = this.#setting.clock.now() - since;
    if (this.#is('forgets what it sends')) return sent !== undefined;
    if (this.#is('reads behind a delete')) return operation.type === 'delete';
    if (this.#is('expires what is dirty')) return age > 10_000;
    return (
      this.#is('evicts what is dirty') &&
      this.#dirty.size > this.#setting.maxEntries
    );
  }

  async #load(key: string): Promise<V | undefined> {
    const load = this.#loads.get(key) ?? Symbol(key);
    this.#loads.set(key, load);
    const value = await this.#setting.store.read(key);
    const isOld = this.#loads.get(key) !== load;
    if (this.#is('stores what is truthy') && !value) return undefined;
    if (!isOld || this.#is('lets an old answer win')) {
      this.#remember(key, value);
    }
    return value;
  }

  #remember(key: string, value: V | undefined): void {
    this.#clean.delete(key);
    this.#clean.set(key, value);
    if (this.#clean.size <= this.#setting.maxEntries) return;
    for (const oldest of this.#clean.keys()) {
      this.#clean.delete(oldest);
      return;
    }
  }

  async #submit(
    key: string,
    draft: () => Operation<string, V> | undefined,
  ): Promise<Operation<string, V> | undefined> {
    const expectOpen = () => {
      if (this.#isClosed || !this.#is('accepts while it closes')) {
        if (this.#end !== undefined) throw new Error('it is closed');
      }
    };
    expectOpen();
    while (
      !this.#dirty.has(key) &&
      this.#dirty.size >= this.#setting.maxPending &&
      !this.#is('has no bound')
    ) {
      this.#send(true);
      await new Promise<void>((admit) => this.#waiting.push(admit));
      expectOpen();
    }
    const operation = draft();
    if (operation === undefined) return undefined;
    if (this.#is('journals after the acknowledgement')) {
      this.#setting.clock.schedule(1, () => this.#note(operation));
    } else this.#note(operation);
    this.#admit(operation);
    if (this.#is('writes through')) await this.flush();
    const isFull = this.#dirty.size >= this.#setting.maxBatchSize;
    if (this.#is('flushes inside set') && isFull) await this.flush();
    return operation;
  }

  #note(operation: Operation<string, V>): void {
    const { key, type } = operation;
    if (this.#is('has no journal')) return;
    if (this.#is('journals no deletes') && type === 'delete') return;
    const isFirstOnly = this.#is('journals the first write only');
    if (isFirstOnly && this.#journal.has(key)) return;
    this.#journal.set(key, operation);
  }

  #admit(operation: Operation<string, V>): void {
    const { key } = operation;
    const now = this.#setting.clock.now();
    const due = now + this.#setting.maxDelayMs;
    this.#loads.delete(key);
    this.#clean.delete(key);
    if (operation.type === 'delete') this.#deleted.add(key);
    const entry = this.#dirty.get(key);
    if (entry === undefined) {
      this.#dirty.set(key, {
        operation,
        sent: undefined,
        attempts: this.#attempts.get(key) ?? 0,
        due,
        isRetry: false,
        isRefused: false,
        since: now,
      });
    } else {
      entry.operation = operation;
      entry.attempts = 0;
      entry.isRefused = false;
      if (entry.isRetry || this.#is('postpones the alarm')) entry.due = due;
      entry.isRetry = false;
      entry.due = Math.min(entry.due, due);
    }
    const ready = [...this.#dirty.values()].filter(
      ({ sent, isRetry }) => sent === undefined && !isRetry,
    );
    const isFull = ready.length >= this.#setting.maxBatchSize;
    if (isFull) this.#send(true);
    else this.#setAlarm();
  }

  #setAlarm(): void {
    this.#cancelAlarm();
    const { clock } = this.#setting;
    const dates = [...this.#dirty.values()]
      .filter((entry) => this.#maySend(entry))
      .map(({ due }) => due);
    const due = Math.min(...dates);
    if (due === Infinity || this.#is('has no alarm')) return;
    const delay = Math.max(0, due - clock.now());
    this.#cancelAlarm = clock.schedule(delay, () => this.#send());
  }

  #maySend({ operation, sent, isRefused }: Dirty<V>): boolean {
    if (isRefused) return false;
    if (this.#is('overlaps itself')) return sent !== operation;
    return sent === undefined;
  }

  /** Sends what is due, and what else is ready with it. */
  #send(isForced = false): void {
    const now = this.#setting.clock.now();
    const { maxBatchSize } = this.#setting;
    const isBusy = this.#flights > 0 && this.#is('sends one batch at a time');
    if (isBusy || this.#isClosed) return;
    const free = [...this.#dirty.values()].filter((entry) =>
      this.#maySend(entry),
    );
    const fresh = free.filter(({ isRetry }) => !isRetry);
    const isDue = isForced || fresh.some(({ due }) => due <= now);
    for (const entry of free) {
      if (entry.isRetry && entry.due <= now) void this.#write([entry]);
    }
    for (let at = 0; isDue && at < fresh.length; at += maxBatchSize) {
      void this.#write(fresh.slice(at, at + maxBatchSize));
      if (this.#is('sends one batch at a time')) break;
    }
    this.#setAlarm();
  }

  async #write(entries: readonly Dirty<V>[]): Promise<void> {
    const batch = entries.map((entry) => {
      entry.sent = entry.operation;
      entry.due = Infinity;
      return entry.operation;
    });
    this.#flights += 1;
    const failure = await this.#call(batch);
    this.#flights -= 1;
    entries.forEach((entry, index) => {
      const sent = batch[index];
      entry.sent = undefined;
      if (sent === undefined) return;
      if (failure === undefined || !failure.keys.has(sent.key)) {
        this.#landed(entry, sent);
      } else {
        const isCertain = failure.isCertain || entries.length === 1;
        this.#failed(entry, sent, failure.error, isCertain);
      }
    });
    this.#announce();
  }

  async #call(batch: readonly Operation<string, V>[]) {
    const { store } = this.#setting;
    const sends = this.#is('stores what is truthy')
      ? batch.filter(
          (operation) => operation.type === 'delete' || operation.value,
        )
      : batch;
    try {
      await store.write(sends);
      if (this.#is('sends sets, then deletes')) {
        const deleted = batch.filter(({ key }) => this.#deleted.delete(key));
        await store.write(
          deleted.map(({ key }) => ({ type: 'delete', key, version: 0 })),
        );
      }
      return undefined;
    } catch (error) {
      const isNamed =
        error instanceof PartialWriteError &&
        !this.#is('blames the whole batch');
      const failed: readonly Operation<string, V>[] = isNamed
        ? error.failed
        : batch;
      const keys = new Set(failed.map(({ key }) => key));
      const isCertain = isNamed || this.#is('blames the whole batch');
      return { error, keys, isCertain };
    }
  }

  #landed(entry: Dirty<V>, sent: Operation<string, V>): void {
    const { key } = sent;
    const isNewest = entry.operation === sent;
    if (isNewest || this.#is('clears what is newer')) {
      const value = sent.type === 'set' ? sent.value : undefined;
      this.#drop(sent);
      this.#remember(key, value);
      return;
    }
    entry.attempts = 0;
    const hasAlarm = !this.#is('forgets what follows');
    const { clock, maxDelayMs } = this.#setting;
    entry.due = hasAlarm ? clock.now() + maxDelayMs : Infinity;
  }

  #failed(
    entry: Dirty<V>,
    sent: Operation<string, V>,
    error: unknown,
    isCertain: boolean,
  ): void {
    const { clock, retry, maxDelayMs } = this.#setting;
    if (this.#is('forgets what fails')) {
      this.#drop(sent);
      return;
    }
    if (this.#is('puts back over what is newer')) entry.operation = sent;
    if (this.#is('tries the old again')) {
      const again = () => void this.#call([sent]);
      clock.schedule(retry.maxDelayMs, again);
    }
    if (entry.operation !== sent) {
      entry.due = clock.now() + maxDelayMs;
      return;
    }
    entry.attempts += 1;
    if (this.#is('counts attempts by key')) {
      this.#attempts.set(sent.key, entry.attempts);
    }
    const isOver = isPermanent(error) || entry.attempts >= retry.attempts;
    if (isOver && isCertain) {
      void this.#handOver(entry, sent, error);
      return;
    }
    entry.isRetry = !this.#is('blames the whole batch');
    const delay = retry.baseDelayMs * 2 ** entry.attempts;
    entry.due = clock.now() + Math.min(delay, retry.maxDelayMs);
  }

  async #handOver(
    entry: Dirty<V>,
    operation: Operation<string, V>,
    error: unknown,
  ): Promise<void> {
    try {
      await this.#setting.onDeadLetter({ operation, error });
      if (entry.operation === operation) this.#drop(operation);
    } catch {
      entry.isRefused = true;
      if (this.#is('drops refused letters')) this.#drop(operation);
    }
    this.#announce();
  }

  #drop({ key }: Operation<string, V>): void {
    this.#dirty.delete(key);
    if (this.#is('clears the whole journal')) this.#journal.clear();
    this.#journal.delete(key);
  }

  #announce(): void {
    this.#setAlarm();
    if (this.#is('sends one batch at a time')) this.#send();
    for (const look of this.#watchers.splice(0)) look();
    if (this.#is('never admits who waits')) return;
    for (const admit of this.#waiting.splice(0)) admit();
  }
}
