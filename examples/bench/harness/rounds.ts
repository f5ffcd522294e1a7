import { costClock } from './cost-clock.ts';
import { settle as settleGarbage } from './garbage.ts';

/** Work whose cost is wanted. */
export interface Work {
  /** How many operations a run carries out. */
  readonly operations: number;
  /** Makes the next run ready, which is not timed. */
  prepare(): Promise<Run> | Run;
}

export type Run = () => Promise<unknown>;

export interface RoundOptions {
  readonly rounds: number;
  /** Rounds before those that count, in which the code gets compiled. */
  readonly warmUps: number;
  /** In milliseconds. Default: `costClock`. */
  readonly now?: () => number;
  /** Ends what is still going on before a run. Default: collects garbage. */
  readonly settle?: () => Promise<void>;
}

/**
 * Nanoseconds an operation of each work, round by round. A round does all the
 * works, so that whatever else the machine does disturbs each of them as likely,
 * and the next round begins with another one.
 */
// #region rounds
export async function timeRounds<Name extends string>(
  works: Readonly<Record<Name, Work>>,
  options: RoundOptions,
): Promise<Readonly<Record<Name, number>>[]> {
  const { rounds, warmUps } = options;
  const names = Object.keys(works) as Name[];
  const costs: Record<Name, number>[] = [];
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const first = round % names.length;
    const cost: Partial<Record<Name, number>> = {};
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      cost[name] = await timeWork(works[name], options);
    }
    if (round >= warmUps) costs.push(cost as Record<Name, number>);
  }
  return costs;
}
// #endregion rounds

async function timeWork(
  work: Work,
  { now = costClock, settle = settleGarbage }: RoundOptions,
): Promise<number> {
  const run = await work.prepare();
  await settle();
  const begin = now();
  await run();
  return ((now() - begin) * 1e6) / work.operations;
}
