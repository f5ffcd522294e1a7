import { type Clock, sleep } from '../../../shared/clock.ts';

/** What becomes of a call on its way to the database, and of the answer. */
export interface Fate {
  readonly thereMs?: number;
  readonly backMs?: number;
  readonly lost?: 'request' | 'answer';
}

export type Send = <T>(work: () => Promise<T>) => Promise<T>;

/** Who calls cannot tell a lost request from a lost answer. */
export function unreliableLine(clock: Clock, nextFate: () => Fate): Send {
  return async (work) => {
    const { thereMs = 0, backMs = 0, lost } = nextFate();
    await sleep(clock, thereMs);
    if (lost === 'request') throw new Error('connection reset');
    const answer = await work();
    await sleep(clock, backMs);
    if (lost === 'answer') throw new Error('connection reset');
    return answer;
  };
}
