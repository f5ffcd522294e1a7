import { sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { Random } from '../../shared/random.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { TimeoutError, within } from '../../shared/timeout.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type {
  WriteBehindCache,
  WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';

export interface Session {
  readonly user: string;
}

export type CacheSetting = Required<
  Pick<
    WriteBehindOptions<string, Session>,
    'store' | 'clock' | 'maxPending' | 'random'
  >
>;

/** `PUT /sessions/:id` */
export interface Sessions {
  readonly cache: WriteBehindCache<string, Session>;
  put(id: string, session: Session): Promise<Response>;
}

const proxyTimeoutMs = 10_000;

/**
 * A hundred new users a second, for 100 s, and a store that hangs for 60 s of
 * them. Whoever is told when to come back does.
 */
export async function story(
  open: (setting: CacheSetting) => Sessions,
  print: Print,
): Promise<void> {
  const clock = new VirtualClock(allPromiseJobs);
  const store = new InMemoryStore<string, Session>({ writeMs: 50, clock });
  const chance = new Random(1);
  const random = () => chance.fraction();
  const sessions = open({ store, clock, maxPending: 2000, random });
  const seen = { open: 0, mostOpen: 0, accepted: 0, refused: 0, gaveUp: 0 };
  const told: number[] = [];

  const request = async (id: string): Promise<Response> => {
    seen.open += 1;
    seen.mostOpen = Math.max(seen.mostOpen, seen.open);
    try {
      return await sessions.put(id, { user: id });
    } finally {
      seen.open -= 1;
    }
  };
  const visit = async (id: string): Promise<void> => {
    try {
      for (;;) {
        const reply = await within(clock, proxyTimeoutMs, request(id));
        const seconds = reply.headers.get('Retry-After');
        if (seconds === null) break;
        seen.refused += 1;
        told.push(Number(seconds));
        await sleep(clock, 1000 * Number(seconds));
      }
      seen.accepted += 1;
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      seen.gaveUp += 1;
    }
  };
  const show = () => {
    const { pending, writing } = sessions.cache.stats();
    const numbers = [pending + writing, seen.open, seen.accepted, seen.refused];
    const columns = [...numbers, seen.gaveUp].map((number) =>
      number.toLocaleString('en').padStart(10),
    );
    print(
      `${(clock.now() / 1000).toFixed(0).padStart(5)} s${columns.join('')}`,
    );
  };

  print('        pending      open  accepted       503      gone');
  const visits: Promise<void>[] = [];
  for (let second = 0; second < 100; second += 1) {
    if (second === 10) store.hang();
    if (second === 70) store.recover();
    if (second % 10 === 0 && second > 0) show();
    for (let user = 0; user < 100; user += 1) {
      visits.push(visit(`session-${100 * second + user}`));
      await clock.advance(10);
    }
  }
  show();
  await clock.until(Promise.all(visits));
  await clock.until(sessions.cache.close());
  show();
  print(`at most ${seen.mostOpen.toLocaleString('en')} requests open`);
  if (told.length > 0) {
    const [least, most] = [Math.min(...told), Math.max(...told)];
    print(`told to come back in ${least} to ${most} s`);
  }
}

/** In Node, no immediate starts before the jobs are done. */
function allPromiseJobs(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
