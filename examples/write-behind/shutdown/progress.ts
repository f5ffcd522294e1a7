/** What a shutdown prints, and when, in virtual time. */
import { sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { GracefulShutdown } from './graceful-shutdown.ts';
import { HurriedClock } from './hurried-clock.ts';

/** It takes one batch after the other, 400 ms each. */
class OneConnection extends InMemoryStore<string, string> {
  readonly #time: VirtualClock;
  #last = Promise.resolve();

  constructor(time: VirtualClock) {
    super({ clock: time });
    this.#time = time;
  }

  override write(batch: readonly Operation<string, string>[]): Promise<void> {
    this.#last = this.#last.then(async () => {
      await sleep(this.#time, 400);
      await super.write(batch);
    });
    return this.#last;
  }
}

export async function demo(print: Print): Promise<void> {
  print('a slow database');
  await shutDown(print, {});
  print('a database that hangs');
  await shutDown(print, { hangs: true });
  print('and a second signal');
  await shutDown(print, { hangs: true, secondSignalMs: 2500 });
}

async function shutDown(
  print: Print,
  situation: { readonly hangs?: boolean; readonly secondSignalMs?: number },
): Promise<void> {
  const time = new VirtualClock();
  const clock = new HurriedClock(time);
  const store = new OneConnection(time);
  const cache = new WriteBehindCache<string, string>({ store, clock });
  if (situation.hangs) store.hang();
  for (let guest = 1; guest <= 750; guest += 1) {
    await cache.set(`guest-${guest}`, '/home');
  }
  const requests = { underWay: 0, close: async () => {}, cut: () => {} };
  const show = (line: string) =>
    print(`${String(time.now()).padStart(7)} ms  ${line}`);
  const shutdown = new GracefulShutdown<string, string>({
    ...{ cache, clock, requests },
    drainMs: 5000,
    keep: (left) => show(`keeps ${left.length} writes`),
    print: show,
    process: {
      on: () => {},
      off: () => {},
      exit: (code) => show(`exit code ${code}`),
    },
  });
  const ended = shutdown.begin('SIGTERM');
  const { secondSignalMs } = situation;
  if (secondSignalMs !== undefined) {
    time.schedule(secondSignalMs, () => shutdown.hurry('SIGTERM'));
  }
  await time.until(ended);
}

if (isMain('write-behind/shutdown/progress')) void demo(console.log);
