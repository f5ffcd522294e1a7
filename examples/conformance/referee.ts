/**
 * Watches a cache from outside, by the calls that it takes and those that it
 * makes to the store, and says which promise it breaks, when and how. It knows
 * nothing of tests, and waits for nothing: whoever plays the history tells it
 * what happens, and in what order.
 */
import type { Operation } from '../shared/store.ts';
import { isPartialWriteError } from '../shared/store.ts';
import type { PromiseId } from './candidate.ts';
import { DueDates } from './due-dates.ts';
import type { StoreWitness } from './faulty-store.ts';
import { type Finding, show, showMs } from './finding.ts';
import {
  type Content,
  isBefore,
  type Moment,
  newWrite,
  Register,
  type Write,
} from './register.ts';
import { falsyValues } from './value.ts';

export interface RefereeOptions<V> {
  readonly now: () => number;
  /** What the store holds at first. */
  readonly rows: Iterable<readonly [string, V]>;
  readonly maxDelayMs: number;
  readonly maxPending: number;
  /** Of one operation, at most. */
  readonly attempts: number;
  /** What breaks another promise is not reported. Default: all are asked. */
  readonly isAsked?: ((promise: PromiseId) => boolean) | undefined;
}

/** A call of `store.write`: which write each of its operations stands for. */
export type Flight<V> = ReadonlyMap<Operation<string, V>, Write<V>>;

export interface GetCall {
  readonly key: string;
  readonly begun: Moment;
}

export interface WriteCall<V> {
  readonly write: Write<V>;
  readonly begun: Moment;
  /** There was room for it, so nothing may hold it up. */
  readonly hasRoom: boolean;
  readonly isRefusable: boolean;
}

export interface FlushCall<V> {
  readonly begun: Moment;
  readonly owed: readonly Write<V>[];
}

export interface CloseCall {
  readonly begun: Moment;
  readonly timeoutMs: number | undefined;
}

export class Referee<V> implements StoreWitness<V, Flight<V>> {
  readonly #options: RefereeOptions<V>;
  readonly #findings: Finding[] = [];
  readonly #story: string[] = [];
  readonly #rows: ReadonlyMap<string, V>;
  readonly #registers = new Map<string, Register<V>>();
  readonly #dates: DueDates<V>;
  readonly #flights = new Set<Flight<V>>();
  /** Calls that have not ended. */
  readonly #writes = new Set<WriteCall<V>>();
  readonly #closes = new Set<CloseCall>();
  #isClosing = false;
  /** Keys that the last process may have left to this one. */
  #mayReturn = 0;
  /** What waited when most keys did, if these were more than may. */
  #crowd: { writes: readonly Write<V>[]; ms: number } | undefined;
  #step = 0;

  constructor(options: RefereeOptions<V>) {
    this.#options = options;
    this.#rows = new Map(options.rows);
    this.#dates = new DueDates(options.maxDelayMs);
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** What has happened, line by line. */
  get story(): readonly string[] {
    return this.#story;
  }

  /** Whatever a script itself finds wrong goes on the same list. */
  report(
    promise: PromiseId,
    expected: string,
    got: string,
    key?: string,
  ): void {
    const { now, isAsked } = this.#options;
    if (isAsked?.(promise) === false) return;
    const atMs = now();
    this.#findings.push({ promise, atMs, key, expected, got });
    this.#note(`!! ${promise}`);
  }

  /** A line of the story. */
  remark(text: string): void {
    this.#note(text);
  }

  // #region reads
  getBegins(key: string): GetCall {
    return { key, begun: this.#tick() };
  }

  getReturns({ key, begun }: GetCall, value: V | undefined): void {
    const now = this.#tick();
    this.#note(`get ${key} -> ${show(value)}`);
    if (this.#isClosing) return;
    const register = this.#register(key);
    this.#judgeValue(register, value, begun, now, `get('${key}')`);
  }

  getFails({ key, begun }: GetCall, error: unknown): void {
    this.#tick();
    this.#note(`get ${key} fails: ${show(error)}`);
    if (this.#isClosing) return;
    const register = this.#register(key);
    const last = register.expected(begun.step);
    // Where the store has the write, the cache may have to ask it.
    if (!register.owed.has(last)) return;
    const wanted = this.#wanted(last);
    const expected = `get('${key}') to return ${wanted}: memory alone has it`;
    this.report(blame(last, 'P1'), expected, show(error), key);
  }

  #judgeValue(
    register: Register<V>,
    value: V | undefined,
    from: Moment,
    to: Moment,
    call: string,
  ): void {
    if (register.allows(value, from.step, to.step)) return;
    const { key } = register;
    const last = register.expected(from.step);
    const expected = `${call} to return ${this.#wanted(last)}`;
    this.report(blame(last, promiseOfRead(last)), expected, show(value), key);
    const { dirtyRead } = register;
    if (dirtyRead === undefined || dirtyRead.step < from.step) return;
    this.report(
      'P7',
      `'${key}' to stay in memory until the store has it`,
      `a read of the store at ${showMs(dirtyRead.ms)}, as if it was evicted`,
      key,
    );
  }
  // #endregion reads

  // #region writes
  writeBegins(
    key: string,
    kind: 'set' | 'delete' | 'update',
    content?: Content<V>,
  ): WriteCall<V> {
    const write = newWrite(key, kind, content, this.#tick());
    const told = content && kind === 'set' ? ` = ${show(content.value)}` : '';
    this.#note(`${kind} ${key}${told}`);
    const isAlone = [...this.#writes].every((call) => call.write.key !== key);
    const call = {
      write,
      begun: write.begun,
      hasRoom: isAlone && this.#load(write.begun) < this.#options.maxPending,
      isRefusable: this.#isClosing,
    };
    this.#register(key).add(write);
    this.#writes.add(call);
    return call;
  }

  /** An update is told the current value, and decides. */
  updateDecides(
    { write }: WriteCall<V>,
    current: V | undefined,
    next: V,
  ): void {
    write.begun = this.#tick();
    write.basis = { value: current, moment: write.begun };
    write.content = { value: next };
    this.#note(`update ${write.key}: ${show(current)} -> ${show(next)}`);
  }

  writeSucceeds(call: WriteCall<V>): void {
    const { write, isRefusable } = call;
    const register = this.#register(write.key);
    this.#end(call);
    this.#judgeDelay(call);
    if (isRefusable) {
      const name = nameOf(write);
      this.report('P10', `${name} to be refused after close`, 'success');
    }
    this.#judgeBasis(register, call);
    write.isAcknowledged = true;
    register.acknowledge(write);
    if (!register.owed.has(write)) return;
    this.#dates.acknowledged(register, write, this.#options.now());
    this.#countPending();
  }

  writeFails(call: WriteCall<V>, error: unknown): void {
    const { write } = call;
    this.#end(call);
    this.#note(`${nameOf(write)} fails: ${show(error)}`);
    if (!call.hasRoom || write.kind === 'update' || this.#isClosing) return;
    const expected = `${nameOf(write)} to be acknowledged: there is room`;
    this.report('P12', expected, show(error), write.key);
  }

  #end(call: WriteCall<V>): void {
    const { write } = call;
    this.#writes.delete(call);
    write.ended = this.#tick();
    const { ms } = write.ended;
    if (ms > write.begun.ms) {
      this.#note(`${nameOf(write)} ends, begun at ${showMs(write.begun.ms)}`);
    }
  }

  #judgeDelay({ write, hasRoom, isRefusable }: WriteCall<V>): void {
    // An update may have to read what it starts from.
    if (!hasRoom || isRefusable || write.kind === 'update') return;
    const took = this.#options.now() - write.begun.ms;
    if (took === 0) return;
    const name = nameOf(write);
    const expected = `${name} to be acknowledged at once: there is room`;
    this.report('P12', expected, `a wait of ${showMs(took)}`, write.key);
  }

  #judgeBasis(register: Register<V>, { write, begun }: WriteCall<V>): void {
    const { key, basis } = write;
    if (basis === undefined) return;
    const call = `update('${key}')`;
    this.#judgeValue(register, basis.value, begun, basis.moment, call);
    const rival = register.writes.find(
      (other) =>
        other.basis !== undefined &&
        other.isAcknowledged &&
        !other.givenUp &&
        Object.is(other.basis.value, basis.value),
    );
    // Where two writes have left the value, each update may have its own.
    if (rival === undefined || register.countOf(basis.value) > 1) return;
    const wanted = this.#wanted(rival);
    const expected = `${call} to start from ${wanted} or later`;
    const got = `${show(basis.value)} again, so that one of the two is lost`;
    this.report(blame(rival, 'P2'), expected, got, key);
  }

  /** Counts keys, since one that is written again needs no more room. */
  #countPending(): void {
    const keys = this.#pendingKeys();
    const { maxPending } = this.#options;
    const most = this.#crowd?.writes.length ?? maxPending;
    if (keys.length <= Math.max(most, this.#mayReturn)) return;
    const writes = keys.flatMap(({ owed }) => [...owed].slice(-1));
    this.#crowd = { writes, ms: this.#options.now() };
  }

  #pendingKeys(): Register<V>[] {
    return [...this.#registers.values()].filter(({ owed }) => owed.size > 0);
  }

  /** What was lost took up no room, and only the end can tell. */
  #judgeBound(): void {
    const { writes = [], ms } = this.#crowd ?? {};
    const count = writes.filter(({ isLost }) => !isLost).length;
    const { maxPending } = this.#options;
    if (count <= maxPending) return;
    const expected = `at most ${maxPending} keys that wait for the store`;
    this.report('P7', expected, `${count} at ${showMs(ms)}`);
  }

  /** Counts all that a cache may hold, even where it keeps each write. */
  #load(now: Moment): number {
    let load = this.#writes.size;
    for (const register of this.#registers.values()) load += register.held(now);
    for (const flight of this.#flights) load += flight.size;
    return load;
  }
  // #endregion writes

  // #region flush
  flushBegins(): FlushCall<V> {
    const begun = this.#tick();
    this.#note('flush');
    return { begun, owed: this.#allOwed() };
  }

  flushEnds({ begun, owed }: FlushCall<V>): void {
    this.#tick();
    this.#note(`flush ends, begun at ${showMs(begun.ms)}`);
    for (const write of owed.toReversed()) {
      const register = this.#register(write.key);
      if (!register.owed.has(write) || write.isKept) continue;
      // Another flush may have begun again with what this one has seen fail.
      if ((write.refused?.step ?? 0) > begun.step) continue;
      // A later write may have replaced it, and be about to be acknowledged.
      const isReplaced = register.writes.some(
        (other) =>
          (other.ended === undefined || register.owed.has(other)) &&
          stepOf(other) > begun.step &&
          !isBefore(other, write),
      );
      if (isReplaced) continue;
      this.#reportLoss(write, 'P3', 'once flush resolves');
    }
  }

  /** A flush that fails promises nothing. */
  flushFails(error: unknown): void {
    this.#tick();
    this.#note(`flush fails: ${show(error)}`);
  }

  #reportLoss(write: Write<V>, promise: PromiseId, when: string): void {
    const { key } = write;
    const register = this.#register(key);
    const fates = 'to be stored, replaced or handed over';
    const expected = `${datedName(write)} ${fates} ${when}`;
    const got = `${show(register.holder.content?.value)} in the store`;
    this.report(blame(write, promise), expected, got, key);
    for (const lost of register.covered(write)) {
      lost.isLost = true;
      register.owed.delete(lost);
    }
    this.#dates.forget(register);
  }
  // #endregion flush

  // #region close
  closeBegins(timeoutMs?: number): CloseCall {
    const call = { begun: this.#tick(), timeoutMs };
    this.#note(
      timeoutMs === undefined ? 'close' : `close in ${showMs(timeoutMs)}`,
    );
    this.#isClosing = true;
    this.#closes.add(call);
    return call;
  }

  closeEnds(call: CloseCall, report: unknown): void {
    const now = this.#tick();
    const { ms } = now;
    this.#note(`close ends, begun at ${showMs(call.begun.ms)}`);
    this.#closes.delete(call);
    const { timeoutMs = Infinity } = call;
    if (ms - call.begun.ms > timeoutMs) {
      const expected = `close to resolve within its ${showMs(timeoutMs)}`;
      this.report(
        'P10',
        expected,
        `an end after ${showMs(ms - call.begun.ms)}`,
      );
    }
    for (const operation of operationsIn<V>(report)) {
      const write = this.#find(operation);
      if (write !== undefined) this.#giveUp(write, now);
    }
    for (const write of this.#allOwed().toReversed()) {
      if (!this.#register(write.key).owed.has(write)) continue;
      this.#reportLoss(write, 'P10', 'or reported once close resolves');
    }
  }

  closeFails(call: CloseCall, error: unknown): void {
    this.#tick();
    this.#closes.delete(call);
    this.report('P10', 'close to resolve, and to report', show(error));
  }
  // #endregion close

  // #region dead-letters
  /** Nobody has refused the letter: from now on it is theirs. */
  letterTaken(operation: Operation<string, V>): void {
    const now = this.#tick();
    this.#note(`dead letter taken: ${showOperation(operation)}`);
    const write = this.#find(operation);
    if (write !== undefined) this.#giveUp(write, now);
  }

  letterRefused(operation: Operation<string, V>): void {
    const now = this.#tick();
    this.#note(`dead letter refused: ${showOperation(operation)}`);
    const write = this.#find(operation);
    if (write === undefined) return;
    const register = this.#register(write.key);
    register.keep(write, now);
    this.#dates.givenUp(register, now.ms);
  }

  #giveUp(write: Write<V>, now: Moment): void {
    const register = this.#register(write.key);
    register.giveUp(write, now);
    this.#dates.givenUp(register, now.ms);
  }
  // #endregion dead-letters

  // #region store
  readBegins(key: string): void {
    const now = this.#tick();
    const register = this.#register(key);
    const last = register.expected(now.step);
    const isDirty = register.owed.has(last);
    if (isDirty && last.content?.value !== undefined) register.dirtyRead = now;
  }

  storeWriteBegins(batch: readonly Operation<string, V>[]): Flight<V> {
    const now = this.#tick();
    this.#note(`store.write [${batch.map(showOperation).join(', ')}]`);
    const flight = new Map<Operation<string, V>, Write<V>>();
    for (const { key } of batch) this.#judgeWriters(key);
    for (const operation of batch) {
      const { key } = operation;
      const write = this.#find(operation) ?? this.#unknown(operation, now);
      flight.set(operation, write);
      this.#dates.sent(this.#register(key), write);
      this.#judgeAttempts(write);
    }
    this.#flights.add(flight);
    return flight;
  }

  carriedOut(
    flight: Flight<V>,
    operation: Operation<string, V>,
    isTaken: boolean,
  ): void {
    const now = this.#tick();
    const write = flight.get(operation);
    if (isTaken && write) this.#register(operation.key).store(write, now);
  }

  storeWriteEnds(flight: Flight<V>, error?: unknown): void {
    const now = this.#tick();
    const keys = [...flight.keys()].map(({ key }) => key).join(', ');
    const end = error === undefined ? 'ends' : `fails: ${show(error)}`;
    this.#note(`store.write [${keys}] ${end}`);
    this.#flights.delete(flight);
    const failed = isPartialWriteError<string, V>(error)
      ? new Set(error.failed.map(({ key }) => key))
      : undefined;
    for (const [{ key }, write] of flight) {
      const hasFailed = error !== undefined && (failed?.has(key) ?? true);
      const register = this.#register(key);
      if (!hasFailed) register.confirm(write, now);
      this.#dates.answered(register, hasFailed, now.ms);
    }
  }

  #judgeWriters(key: string): void {
    if (!this.#dates.isUnderWay(this.#register(key))) return;
    const expected = `one write of '${key}' on its way at a time`;
    this.report('P4', expected, 'a second one before the first ended', key);
  }

  #judgeAttempts(write: Write<V>): void {
    // What nobody took over is the cache's to begin again with.
    if (write.isKept) {
      this.#register(write.key).takeBack(write);
      write.attempts = 0;
    }
    write.attempts += 1;
    // An only attempt may fail for a neighbour's fault: one more goes alone.
    const limit = Math.max(this.#options.attempts, 2);
    if (write.attempts !== limit + 1) return;
    // Of two writes of one value, nobody can say which is tried.
    const value = write.content?.value;
    if (this.#register(write.key).countOf(value) > 1) return;
    const expected = `at most ${limit} attempts of ${nameOf(write)}`;
    this.report('P8', expected, 'one more', write.key);
  }

  #unknown(operation: Operation<string, V>, now: Moment): Write<V> {
    const { key } = operation;
    const write = newWrite(key, 'unknown', contentOf(operation), now);
    this.#register(key).add(write);
    return write;
  }
  // #endregion store

  /** What becomes of the disk is the cache's own affair, and only told. */
  diskCalled(call: string, given: readonly unknown[]): void {
    this.#note([call, ...given.map(showGiven)].join(' '));
  }

  // #region crash
  /** The process is dead. A durable cache must bring back what it knew. */
  crash(isDurable: boolean): void {
    const now = this.#tick();
    this.#note('crash');
    // A journal brings back what the last process let in, what it was about to
    // write through, and what it had no time to forget: that may be more.
    this.#mayReturn = isDurable
      ? Math.max(this.#mayReturn + this.#writes.size, this.#load(now))
      : 0;
    this.#flights.clear();
    this.#writes.clear();
    this.#closes.clear();
    this.#dates.clear();
    this.#isClosing = false;
    if (!isDurable) this.#crowd = undefined;
    for (const register of this.#registers.values()) {
      if (isDurable) register.cut(now);
      else register.loseMemory(now);
    }
  }
  // #endregion crash

  // #region end
  /** The faults are over, everything was flushed, and nothing goes on. */
  end(): void {
    this.#tick();
    for (const { begun } of this.#closes) {
      const expected = `close, begun at ${showMs(begun.ms)}, to resolve`;
      this.report('P10', expected, 'no answer');
    }
    for (const { write } of this.#writes) {
      const name = `${nameOf(write)}, begun at ${showMs(write.begun.ms)},`;
      const expected = `${name} to be acknowledged`;
      this.report('P12', expected, 'no answer', write.key);
    }
    for (const register of this.#registers.values()) this.#judgeRow(register);
    for (const write of this.#allOwed().toReversed()) {
      const isOwed = this.#register(write.key).owed.has(write);
      if (!isOwed || write.isKept) continue;
      this.#reportLoss(write, this.#isClosing ? 'P10' : 'P3', 'in the end');
    }
    this.#judgeBound();
  }

  /** Whether an older write has come to the store after a newer one was due. */
  #judgeRow({ key, holder, writes }: Register<V>): void {
    const since = holder.stored?.step ?? 0;
    const newer = writes.findLast(
      (write) =>
        write.isAcknowledged &&
        !write.givenUp &&
        !write.isKept &&
        isBefore(holder, write) &&
        stepOf(write) < since,
    );
    const isInvented = holder.kind === 'unknown';
    if (newer === undefined && !isInvented) return;
    const expected = newer
      ? `the store to end with ${this.#wanted(newer)} of '${key}'`
      : `the store to end with a value that was written to '${key}'`;
    const held = show(holder.content?.value);
    const got = `${held}, carried out at ${showMs(holder.stored?.ms)}`;
    const promise = newer === undefined ? 'P2' : blame(newer, 'P2');
    this.report(promise, expected, got, key);
  }
  // #endregion end

  #allOwed(): Write<V>[] {
    return [...this.#registers.values()].flatMap(({ owed }) => [...owed]);
  }

  #register(key: string): Register<V> {
    let register = this.#registers.get(key);
    if (register === undefined) {
      const atFirst = { step: 0, ms: 0 };
      register = new Register(key, this.#rows.get(key), atFirst);
      this.#registers.set(key, register);
    }
    return register;
  }

  #find(operation: Operation<string, V>): Write<V> | undefined {
    return this.#register(operation.key).find(contentOf(operation));
  }

  #wanted({ content, kind, ended }: Write<V>): string {
    const since = kind === 'row' ? 'stored' : 'acknowledged';
    return `${show(content?.value)} (${since} at ${showMs(ended?.ms)})`;
  }

  /** A new step. Whoever is late by now has broken P6. */
  #tick(): Moment {
    const ms = this.#options.now();
    this.#step += 1;
    if (!this.#isClosing) this.#judgeDates(ms);
    return { step: this.#step, ms };
  }

  #judgeDates(now: number): void {
    for (const { write, dueMs } of this.#dates.overdue(now)) {
      const expected = `${datedName(write)} to set out by ${showMs(dueMs)}`;
      this.report('P6', expected, 'no call to the store', write.key);
    }
  }

  #note(text: string): void {
    const time = showMs(this.#options.now());
    this.#story.push(`${time.padStart(9)}  ${text}`);
  }
}

/** What was acknowledged before a crash is the journal's to keep. */
function blame<V>(write: Write<V>, otherwise: PromiseId): PromiseId {
  return write.isReplayed ? 'P9' : otherwise;
}

function promiseOfRead<V>({ kind, content }: Write<V>): PromiseId {
  const value: unknown = content?.value;
  if (value === undefined) return kind === 'delete' ? 'P5' : 'P1';
  const falsy: readonly unknown[] = falsyValues;
  return falsy.includes(value) ? 'P11' : 'P1';
}

function stepOf<V>({ ended }: Write<V>): number {
  return ended?.step ?? Infinity;
}

function nameOf<V>({ key, kind, content }: Write<V>): string {
  return content?.value === undefined
    ? `${kind}('${key}')`
    : `${kind}('${key}', ${show(content.value)})`;
}

function datedName<V>(write: Write<V>): string {
  return `${nameOf(write)}, acknowledged at ${showMs(write.ended?.ms)},`;
}

function contentOf<V>(operation: Operation<string, V>): Content<V> {
  return { value: operation.type === 'set' ? operation.value : undefined };
}

function showOperation<V>(operation: Operation<string, V>): string {
  return operation.type === 'set'
    ? `${operation.key} = ${show(operation.value)}`
    : `delete ${operation.key}`;
}

/** What is no value, no operation and none of their keys is not spelt out. */
function showGiven(given: unknown): string {
  if (Array.isArray(given)) return `[${given.map(showGiven).join(', ')}]`;
  if (typeof given === 'function') return '…';
  if (typeof given !== 'object' || given === null) return show(given);
  if (!('key' in given)) return '…';
  return 'type' in given
    ? showOperation(given as Operation<string, unknown>)
    : String(given.key);
}

/** The operations that a report of `close` lists, in whatever form. */
export function operationsIn<V>(report: unknown): Operation<string, V>[] {
  if (typeof report !== 'object' || report === null) return [];
  const { abandoned = [], deadLettered = [] } = report as {
    readonly abandoned?: readonly Operation<string, V>[];
    readonly deadLettered?: readonly {
      readonly operation: Operation<string, V>;
    }[];
  };
  return [...abandoned, ...deadLettered.map(({ operation }) => operation)];
}
