import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { haruka, linh, type User } from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  type DeadLetter,
  WriteBehindCache,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { StatusTracker } from './status-tracker.ts';

export async function demo(print: Print): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, User>({
    writeMs: 20,
    clock,
  });
  const letters: DeadLetter<string, User>[] = [];
  // #region setup
  const tracker = new StatusTracker<string, User>({
    store,
    clock,
    onDeadLetter: (letter) => {
      letters.push(letter);
    },
  });
  const cache = new WriteBehindCache<string, User>({
    ...tracker.ports,
    random: () => 0.5,
  });
  // #endregion setup

  const show = (ticket = 0) => {
    const write = tracker.find(ticket);
    if (write === undefined) return;
    const time = String(clock.now()).padStart(5);
    const { key, state, attempts } = write;
    print(
      `${time} ms  ${ticket} ${key}: ${state}, attempts ${attempts}`,
    );
  };
  const save = async (user: User) => {
    await cache.set(user.id, user);
    const ticket = tracker.last(user.id)?.ticket;
    show(ticket);
    return ticket;
  };

  print('one write');
  const one = await save(linh);
  await clock.advance(1010);
  show(one);
  await clock.until(tracker.settled('linh'));
  show(one);

  print('one that is retried');
  store.failNextWrites(new Error('connection reset'));
  const retried = await save(haruka);
  await clock.advance(1020);
  show(retried);
  await clock.until(tracker.settled('haruka'));
  show(retried);

  print('two of one user');
  const first = await save({ ...linh, plan: 'pro' });
  const second = await save({ ...linh, plan: 'team' });
  show(first);
  await clock.until(tracker.settled('linh'));
  show(second);

  print('one that the store refuses');
  store.breakKey(
    'minh',
    Object.assign(new Error('the name is taken'), {
      permanent: true,
    }),
  );
  const refused = await save({ ...linh, id: 'minh' });
  await clock.until(tracker.settled('minh'));
  show(refused);
  for (const { operation, attempts } of letters) {
    print(
      `dead letter: ${operation.key}, attempts ${attempts}`,
    );
  }

  await clock.until(cache.close());
  tracker.close();
}

if (isMain('write-behind/anatomy/after')) {
  void demo(console.log);
}
