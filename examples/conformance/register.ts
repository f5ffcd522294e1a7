/**
 * What one key may hold, by the calls alone. Of two writes, one is the earlier
 * if it had ended before the other began; of two that overlap, neither is.
 */

/** A point of the history. Within a millisecond, the steps tell the order. */
export interface Moment {
  readonly step: number;
  readonly ms: number;
}

/** A value, or with `undefined` its absence. */
export interface Content<V> {
  readonly value: V | undefined;
}

export interface Write<V> {
  readonly key: string;
  /** `row` was there at first; nobody has called for what is `unknown`. */
  readonly kind: 'row' | 'set' | 'delete' | 'update' | 'unknown';
  /** Of an update, once it has decided: when it did. */
  begun: Moment;
  /** Undefined until an update has decided. */
  content: Content<V> | undefined;
  /** What an update started from, and when it was told. */
  basis: (Content<V> & { readonly moment: Moment }) | undefined;
  /** When it was acknowledged, rejected, or cut off by a crash. */
  ended: Moment | undefined;
  isAcknowledged: boolean;
  /** Since when it is in other hands: the cache may go on without it. */
  givenUp: Moment | undefined;
  /** Nobody has taken its dead letter, which the cache must keep. */
  isKept: boolean;
  /** When somebody refused that letter last. */
  refused: Moment | undefined;
  /** Neither the cache nor the store has it: this has been reported. */
  isLost: boolean;
  /** A crash came after its acknowledgement. */
  isReplayed: boolean;
  /** How often the process that lives now has sent it to the store. */
  attempts: number;
  /** When the store carried it out last. */
  stored: Moment | undefined;
}

export function isBefore<V>(one: Write<V>, other: Write<V>): boolean {
  return one.ended !== undefined && one.ended.step < other.begun.step;
}

/** The history of one key. */
export class Register<V> {
  readonly key: string;
  #writes: Write<V>[];
  /** The write whose content the store holds. */
  holder: Write<V>;
  /** Acknowledged, but the store has neither them nor a later one. */
  readonly owed = new Set<Write<V>>();
  /** What the cache may hold still, and since when it may not. */
  readonly #held = new Map<Write<V>, Moment | undefined>();
  /** When the store was last asked for it while it owed a value. */
  dirtyRead: Moment | undefined;

  constructor(key: string, row: V | undefined, now: Moment) {
    this.key = key;
    this.holder = newRow(key, row, now);
    this.#writes = [this.holder];
  }

  get writes(): readonly Write<V>[] {
    return this.#writes;
  }

  add(write: Write<V>): void {
    this.#writes.push(write);
  }

  /** Whether a read between the two steps may return the value. */
  allows(value: V | undefined, from: number, to: number): boolean {
    const replaced = this.#replacedBefore(from);
    return this.#writes.some(
      ({ begun, ended, content }) =>
        content !== undefined &&
        Object.is(content.value, value) &&
        begun.step < to &&
        (ended === undefined || ended.step >= replaced),
    );
  }

  /** The last write that a read beginning at the step must know of. */
  expected(from: number): Write<V> {
    let last: Write<V> | undefined;
    for (const write of this.#writes) {
      if (!counts(write, from)) continue;
      if (last === undefined || isBefore(last, write)) last = write;
    }
    return last ?? this.holder;
  }

  /** What ended before this step is replaced by what was acknowledged since. */
  #replacedBefore(from: number): number {
    const begins = this.#writes
      .filter((write) => counts(write, from))
      .map(({ begun }) => begun.step);
    return Math.max(-1, ...begins);
  }

  /**
   * Which write an operation stands for. Where several would do, since they
   * write the same, it is the last one that has begun.
   */
  find(content: Content<V>): Write<V> | undefined {
    return this.#writes.findLast(
      (write) =>
        write.kind !== 'row' &&
        write.content !== undefined &&
        Object.is(write.content.value, content.value),
    );
  }

  /** How many writes may have left the value behind. */
  countOf(value: V | undefined): number {
    return this.#writes.filter(
      ({ content }) => content !== undefined && Object.is(content.value, value),
    ).length;
  }

  acknowledge(write: Write<V>): void {
    const isSettled = this.#writes.some((other) => {
      const settled = other.givenUp ?? other.stored;
      if (settled === undefined || isBefore(other, write)) return false;
      return settled.step > write.begun.step;
    });
    this.#held.set(write, undefined);
    if (!isSettled) this.owed.add(write);
  }

  /** The store has told the cache that it has the write. */
  confirm(write: Write<V>, now: Moment): void {
    for (const [held, since] of this.#held) {
      if (since !== undefined || isBefore(write, held)) continue;
      this.#held.set(held, now);
    }
  }

  /** How much the cache may hold. It needs a moment to let go. */
  held(now: Moment): number {
    for (const [held, since] of this.#held) {
      if (since !== undefined && since.ms < now.ms) this.#held.delete(held);
    }
    return this.#held.size;
  }

  /** The store has carried out the write: it has all that came before, too. */
  store(write: Write<V>, now: Moment): void {
    write.stored = now;
    this.holder = write;
    for (const owed of this.covered(write)) this.owed.delete(owed);
  }

  /** Somebody else has the write: so it is for all that came before. */
  giveUp(write: Write<V>, now: Moment): void {
    write.givenUp = now;
    this.confirm(write, now);
    for (const owed of this.covered(write)) {
      owed.givenUp = now;
      this.owed.delete(owed);
    }
  }

  /** The cache keeps the write, and what came before, as a dead letter. */
  keep(write: Write<V>, now: Moment): void {
    for (const kept of [write, ...this.covered(write)]) {
      kept.isKept = true;
      kept.refused = now;
    }
  }

  /** The cache tries it once more. */
  takeBack(write: Write<V>): void {
    for (const kept of [write, ...this.covered(write)]) kept.isKept = false;
  }

  /** What is owed, and not later than the write. */
  covered(write: Write<V>): Write<V>[] {
    return [...this.owed].filter(
      (owed) => owed === write || !isBefore(write, owed),
    );
  }

  /** The process is gone, and all that it knew: only the row is left. */
  loseMemory(now: Moment): void {
    this.holder = newRow(this.key, this.holder.content?.value, now);
    this.#writes = [this.holder];
    this.owed.clear();
    this.#held.clear();
    this.dirtyRead = undefined;
  }

  /** The process is gone, and its calls: what was acknowledged must return. */
  cut(now: Moment): void {
    for (const write of this.#writes) {
      // It may be in the journal, and come back.
      if (write.ended === undefined) this.#held.set(write, undefined);
      write.ended ??= now;
      write.isReplayed ||= write.isAcknowledged;
      write.attempts = 0;
    }
    this.dirtyRead = undefined;
  }
}

/** Whether a read that begins at the step may not go behind the write. */
function counts<V>(write: Write<V>, from: number): boolean {
  const { isAcknowledged, givenUp, ended } = write;
  if (!isAcknowledged || givenUp || ended === undefined) return false;
  return ended.step < from;
}

function newRow<V>(key: string, row: V | undefined, now: Moment): Write<V> {
  const write = newWrite<V>(key, 'row', { value: row }, now);
  write.ended = now;
  write.stored = now;
  return write;
}

export function newWrite<V>(
  key: string,
  kind: Write<V>['kind'],
  content: Content<V> | undefined,
  begun: Moment,
): Write<V> {
  return {
    key,
    kind,
    begun,
    content,
    basis: undefined,
    ended: undefined,
    isAcknowledged: false,
    givenUp: undefined,
    isKept: false,
    refused: undefined,
    isLost: false,
    isReplayed: false,
    attempts: 0,
    stored: undefined,
  };
}
