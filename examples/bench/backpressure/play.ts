import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { LoadShedder } from '../../write-behind/backpressure/load-shedder.ts';
import { StallingStore } from './stalling-store.ts';

/** A stall of a minute, and what comes before and after it. */
export interface Stage {
  readonly writesPerSecond: number;
  readonly calmMs: number;
  readonly stallMs: number;
  /** When the last write comes. */
  readonly endMs: number;
}

export const stage: Stage = {
  writesPerSecond: 200,
  calmMs: 10_000,
  stallMs: 60_000,
  endMs: 120_000,
};

export const database = { connections: 4, callMs: 10, rowMs: 1 };
export const maxPending = 5000;
export const shedder = { maxCallers: 200, timeoutMs: 2000 };

interface Policy
  extends Pick<WriteBehindOptions<number, number>, 'maxPending' | 'whenFull'> {
  readonly isShed?: true;
}

export const policies = {
  unbounded: { maxPending: Number.MAX_SAFE_INTEGER },
  wait: { maxPending, whenFull: 'wait' },
  'write-through': { maxPending, whenFull: 'write-through' },
  reject: { maxPending, whenFull: 'reject' },
  'wait-shed': { maxPending, whenFull: 'wait', isShed: true },
} as const satisfies Readonly<Record<string, Policy>>;

export type PolicyName = keyof typeof policies;

/** A write, from when it comes to when its caller has an answer. */
export interface Answer {
  readonly cameAt: number;
  readonly tookMs: number;
  readonly isAcknowledged: boolean;
}

/** What there is to see at the end of a second. */
export interface Sight {
  readonly at: number;
  /** Acknowledged, and not in the store. A crash takes them along. */
  readonly pending: number;
  /** Writes that the cache has not acknowledged yet. */
  readonly waiting: number;
  /** Rows that the store has. */
  readonly stored: number;
}

export interface Played {
  readonly answers: readonly Answer[];
  readonly sights: readonly Sight[];
  readonly stored: number;
}

/** Each write has a key of its own, so that none replaces another. */
export async function play(
  { isShed, ...options }: Policy,
  { writesPerSecond, calmMs, stallMs, endMs }: Stage = stage,
): Promise<Played> {
  const clock = new VirtualClock(allPromiseJobs);
  const store = new StallingStore({ clock, ...database });
  const cache = new WriteBehindCache({ store, clock, ...options });
  const shed = isShed && new LoadShedder({ clock, ...shedder });
  const answers: Answer[] = [];
  const sights: Sight[] = [];
  const calls: Promise<void>[] = [];
  let waiting = 0;

  const set = async (key: number) => {
    waiting += 1;
    await cache.set(key, key).finally(() => {
      waiting -= 1;
    });
  };
  const call = async (key: number) => {
    const cameAt = clock.now();
    const answer = (isAcknowledged: boolean) => {
      answers.push({ cameAt, tookMs: clock.now() - cameAt, isAcknowledged });
    };
    await (shed ? shed.run(() => set(key)) : set(key)).then(
      () => answer(true),
      () => answer(false),
    );
  };
  const look = () => {
    const { pending, writing } = cache.stats();
    const { size: stored } = store;
    const at = clock.now();
    sights.push({ at, pending: pending + writing, waiting, stored });
  };

  clock.schedule(calmMs, () => store.stall());
  clock.schedule(calmMs + stallMs, () => store.recover());
  const everyMs = 1000 / writesPerSecond;
  for (let key = 0; clock.now() < endMs; key += 1) {
    calls.push(call(key));
    await clock.advance(everyMs);
    if (clock.now() % 1000 === 0) look();
  }
  await clock.until(Promise.all(calls));
  await clock.until(cache.close({ timeoutMs: 600_000 }));
  return { answers, sights, stored: store.size };
}

/** In Node, no immediate starts before the jobs are done. */
function allPromiseJobs(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
