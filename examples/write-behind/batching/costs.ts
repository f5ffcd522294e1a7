/** A plain model of a database: what a write costs, in milliseconds. */
export interface Costs {
  /** For each statement: the network, there and back, and the parser. */
  readonly statementMs: number;
  /** For each transaction: until the log is on disk. */
  readonly commitMs: number;
  /** For each row: its indexes, its checks. */
  readonly rowMs: number;
}

export type Form = keyof typeof forms;

// #region forms
/** Three ways to write the same rows. */
export const forms = {
  'transaction-a-row': (rows: number, costs: Costs) =>
    rows * (costs.statementMs + costs.commitMs + costs.rowMs),
  'statement-a-row': (rows: number, costs: Costs) =>
    rows * (costs.statementMs + costs.rowMs) + costs.commitMs,
  'statement-a-batch': (rows: number, costs: Costs) =>
    rows * costs.rowMs + costs.statementMs + costs.commitMs,
};
// #endregion forms

/** One database, in three moods. */
export const moods = {
  usual: { statementMs: 3, commitMs: 5, rowMs: 0.1 },
  /** Such as a new index, or a neighbour who uses the disk. */
  'costly-rows': { statementMs: 3, commitMs: 5, rowMs: 0.5 },
  /** Such as a replica far away that must confirm. */
  'costly-commits': { statementMs: 3, commitMs: 75, rowMs: 0.1 },
} satisfies Record<string, Costs>;

export type Mood = keyof typeof moods;
