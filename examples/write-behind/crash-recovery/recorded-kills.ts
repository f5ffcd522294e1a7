/** What became of the writes when this was recorded, and on which machine. */
import os from 'node:os';
import { type CaseName, cases } from './kills.ts';
import type { Tally } from './ledger.ts';

export interface RecordedKills {
  /** Such as `2026-03-01`. */
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly os: string;
  readonly node: string;
  readonly redis: string;
  /** Decides after how many acknowledgements each process is killed. */
  readonly seed: number;
  readonly tallies: Readonly<Record<CaseName, Tally>>;
}

export function thisMachine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: os.cpus()[0]?.model.trim() || 'unknown processor',
    cores: os.availableParallelism(),
    os: `${os.type()} ${os.arch()}`,
    node: process.versions.node,
  };
}

const titles: Readonly<Record<CaseName, string>> = {
  memory: 'memory',
  sqlite: 'SQLite',
  sqliteGroup: 'SQLite, group commit',
  always: 'Redis always, and Redis',
  everysec: 'Redis everysec',
  everysecKilled: 'Redis everysec, and Redis',
  never: 'Redis no, and Redis',
};

/** A table of text, no wider than 80 columns, and where it is from. */
export function tableOf(recorded: RecordedKills): string {
  const columns = [
    'acknowledged',
    'stored',
    'recovered',
    'lost',
    'duplicated',
  ] as const;
  const { date, processor, cores, os, node, redis, tallies } = recorded;
  const lines = Object.keys(cases).map((key) => {
    const name = key as CaseName;
    return line(titles[name], columns, (column) => tallies[name][column]);
  });
  return [
    line('killed', columns, (column) => column),
    ...lines,
    '',
    `${tallies.memory.kills} kills each, ${date}, ${processor}, ${cores} cores, ${os},`,
    `Node.js ${node}, Redis ${redis}, seed ${recorded.seed}`,
  ]
    .map((text) => `${text}\n`)
    .join('');
}

function line<Column extends string>(
  title: string,
  columns: readonly Column[],
  cell: (column: Column) => number | string,
): string {
  const cells = columns.map((column) =>
    String(cell(column)).padStart(column.length + 2),
  );
  return title.padEnd(26) + cells.join('');
}
