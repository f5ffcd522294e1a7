/** What counters are given by those who try them, and what they must offer. */
import type { Clock } from '../../../shared/clock.ts';
import type { CounterJournal } from '../counter-journal.ts';
import type { Send } from './unreliable-line.ts';

export interface Candidate {
  readonly name: string;
  /** What it has acknowledged, no crash takes along. */
  readonly survivesCrash: boolean;
  /** `beforeRow` is called before a row is stored, and may throw. */
  begin(beforeRow: () => void): Database;
}

export interface Database {
  start(process: Process): Counters | Promise<Counters>;
  count(key: string): number;
}

export interface Counters {
  add(key: string, by: number): Promise<void>;
  flush(): Promise<void>;
}

/** All that a process has. */
export interface Process {
  readonly clock: Clock;
  /** To the database. */
  readonly send: Send;
  /** On the disk of the node, where the next process finds it. */
  readonly journal: CounterJournal;
}
