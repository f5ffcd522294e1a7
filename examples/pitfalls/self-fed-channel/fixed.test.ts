import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';

function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>({ writeMs: 50, clock });
  const retry = { attempts: 5, baseDelayMs: 100, maxDelayMs: 10_000 };
  const cache = new FixedCache({ store, clock, maxPending: 2, retry });
  const acknowledged: string[] = [];
  const logIn = async (...users: readonly string[]) => {
    for (const user of users) {
      void cache.set(user, 'here').then(() => acknowledged.push(user));
      await clock.advance(10);
    }
  };
  return { clock, store, cache, acknowledged, logIn };
}

const users = ['linh', 'haruka', 'minh', 'yuki'];

test('P12 is kept: after an error, all goes on', async () => {
  const { clock, store, acknowledged, logIn } = setUp();
  store.failNextWrites(new Error('connection reset'));
  await logIn(...users);

  await clock.advance(3_600_000);

  expect(acknowledged).toEqual(users);
  expect(store.entries()).toHaveLength(4);
});

test('P7 is kept: what is under way has its room still', async () => {
  const { clock, store, acknowledged, logIn } = setUp();
  store.hang();
  await logIn(...users);
  await clock.advance(3_600_000);
  expect(acknowledged).toEqual(['linh', 'haruka']);

  store.recover();
  await clock.advance(1000);
  expect(acknowledged).toEqual(users);
  expect(store.entries()).toHaveLength(4);
});

test('a key that changes while it is under way is written again', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('linh', 'here');
  await clock.advance(10);
  await cache.set('linh', 'away');
  await clock.until(cache.flush());
  expect(store.counts().writes).toBe(2);
  expect(store.entries()).toEqual([['linh', 'away']]);
});

test('a key that changes after its write failed keeps the change', async () => {
  const { clock, store, cache } = setUp();
  store.failNextWrites(new Error('connection reset'));
  await cache.set('linh', 'here');
  await clock.advance(100);
  await cache.delete('linh');
  await clock.until(cache.flush());
  expect(store.counts().writes).toBe(2);
  expect(store.entries()).toEqual([]);
});

test('who waits for room is stored too, with nothing to follow', async () => {
  const { clock, store, logIn } = setUp();
  await logIn('linh', 'haruka', 'minh');
  await clock.advance(1000);
  expect(store.entries()).toHaveLength(3);
  expect(clock.isIdle).toBe(true);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
