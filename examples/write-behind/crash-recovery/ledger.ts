/** What was acknowledged, compared with what the store holds. */
import path from 'node:path';
import { type ScoreRow, ScoreStore } from './score-store.ts';
import { type Told, toldBy, type Write } from './told.ts';

export type Rows = ReadonlyMap<string, ScoreRow>;

// #region tally
export interface Tally {
  readonly kills: number;
  /** The sum of the three that follow. */
  readonly acknowledged: number;
  /** The store had them when the process was killed. */
  readonly stored: number;
  /** The store got them from the next processes. */
  readonly recovered: number;
  readonly lost: number;
  /** Sent once more although the store had them. */
  readonly duplicated: number;
}
// #endregion tally

/** What was acknowledged by a process that was killed. */
export interface Death {
  /** What the store did not have. */
  readonly unstored: readonly Write[];
  /** What it never got. */
  readonly lost: readonly Write[];
  /** What the process itself did not know to be stored. */
  readonly pending: readonly Write[];
  /** What it had not even sent. */
  readonly unsent: readonly Write[];
}

interface Life {
  readonly told: Told;
  readonly rowsBefore: Rows;
  readonly rowsAfter: Rows;
}

export class Ledger {
  readonly #lives: Life[] = [];
  #rows: Rows = new Map();

  /** What a process has told until it was killed, and what it left. */
  enter(output: string, rows: Rows): void {
    expectNoRowBack(this.#rows, rows);
    const told = toldBy(output);
    this.#lives.push({ told, rowsBefore: this.#rows, rowsAfter: rows });
    this.#rows = rows;
  }

  /** To be asked when the last process has recovered and ended. */
  tally(): Tally {
    const acknowledged = this.#lives.flatMap(({ told }) => told.acknowledged);
    const deaths = this.deaths();
    const unstored = sum(deaths, (death) => death.unstored.length);
    const lost = sum(deaths, (death) => death.lost.length);
    return {
      kills: this.#lives.length - 1,
      acknowledged: acknowledged.length,
      stored: acknowledged.length - unstored,
      recovered: unstored - lost,
      lost,
      duplicated: sum(this.#lives, duplicatesIn),
    };
  }

  /** Of each process, in the order in which it acknowledged them. */
  deaths(): readonly Death[] {
    return this.#lives.map(({ told, rowsAfter }) => {
      const { acknowledged, sent, stored } = told;
      const unstored = acknowledged.filter((write) => !isIn(rowsAfter, write));
      return {
        unstored,
        lost: unstored.filter((write) => !isIn(this.#rows, write)),
        pending: acknowledged.filter((write) => !isAmong(stored, write)),
        unsent: acknowledged.filter((write) => !isAmong(sent, write)),
      };
    });
  }
}

/** A score only rises, so a row holds all that came before it. */
function isIn(rows: Rows, { player, score }: Write): boolean {
  return (rows.get(player)?.score ?? 0) >= score;
}

function isAmong(writes: readonly Write[], { player, score }: Write): boolean {
  return writes.some(
    (write) => write.player === player && write.score >= score,
  );
}

export function rowsIn(directory: string): Rows {
  using store = new ScoreStore({ file: path.join(directory, 'scores.db') });
  return store.rows();
}

function duplicatesIn({ told, rowsBefore }: Life): number {
  return count(
    told.replayed,
    ({ player, version }) => version <= (rowsBefore.get(player)?.version ?? -1),
  );
}

function expectNoRowBack(before: Rows, after: Rows): void {
  for (const [player, { score, version }] of before) {
    const row = after.get(player);
    if (row !== undefined && row.score >= score && row.version >= version) {
      continue;
    }
    const found = JSON.stringify(row);
    throw new Error(`${player}: expected at least ${score}, got ${found}`);
  }
}

function count<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.filter(test).length;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
