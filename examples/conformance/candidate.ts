import type { Clock } from '../shared/clock.ts';
import type { Operation, Store } from '../shared/store.ts';
import type { Table } from '../shared/table.ts';

/** What a write-behind cache owes its caller; others owe some of it. */
export const promises = {
  P1: 'read-your-writes',
  P2: 'last write wins',
  P3: 'nothing vanishes',
  P4: 'one writer a key',
  P5: 'deletes hold',
  P6: 'bounded age',
  P7: 'bounded memory',
  P8: 'poison isolation',
  P9: 'crash',
  P10: 'drain',
  P11: 'values are values',
  P12: 'acknowledgement is independent',
} as const;

export type PromiseId = keyof typeof promises;

/** A cache that is held to the promises. */
export interface Candidate {
  readonly name: string;
  /** It means to survive a crash: P9 is asked of no other. */
  readonly isDurable?: boolean;
  /** Promises that it does not make, each with the name of the reason. */
  readonly exempt?: Readonly<Partial<Record<PromiseId, string>>>;
  /** Starts it, as a process does that finds what the last one left on disk. */
  create<V>(setting: Setting<V>): CacheUnderTest<V>;
}

export function makes({ exempt = {} }: Candidate, promise: PromiseId): boolean {
  return exempt[promise] === undefined;
}

/** What the kit calls. What else a cache offers is its own affair. */
export interface CacheUnderTest<V> {
  get(key: string): Promise<V | undefined>;
  set(key: string, value: V): Promise<void>;
  delete(key: string): Promise<void>;
  /** An atomic change of a value; not every cache has it. */
  update?(key: string, change: (current: V | undefined) => V): Promise<V>;
  flush(): Promise<void>;
  /** A report may list, as `abandoned`, the operations that are left. */
  close(options?: { readonly timeoutMs?: number }): Promise<unknown>;
}

/** Where a candidate lives. It takes what it knows, and ignores the rest. */
export interface Setting<V> {
  readonly store: Store<string, V> & Table<string, V>;
  readonly clock: Clock;
  /** What survives a crash. */
  readonly disk: Disk;
  readonly maxBatchSize: number;
  readonly maxDelayMs: number;
  readonly maxPending: number;
  readonly whenFull: 'wait' | 'reject' | 'write-through';
  readonly maxEntries: number;
  readonly retry: {
    readonly attempts: number;
    readonly baseDelayMs: number;
    readonly maxDelayMs: number;
  };
  readonly random: () => number;
  readonly onDeadLetter: (letter: {
    readonly operation: Operation<string, V>;
    readonly error: unknown;
  }) => Promise<void> | void;
}

/** Keeps what one process leaves for the next. */
export interface Disk {
  /** What was opened under the name before, or else what `create` makes. */
  open<T>(name: string, create: () => T): T;
}
