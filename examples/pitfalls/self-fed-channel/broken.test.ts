import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>({ writeMs: 50, clock });
  const retry = { attempts: 5, baseDelayMs: 100, maxDelayMs: 10_000 };
  const cache = new BrokenCache({ store, clock, maxPending: 2, retry });
  const acknowledged: string[] = [];
  const logIn = async (...users: readonly string[]) => {
    for (const user of users) {
      void cache.set(user, 'here').then(() => acknowledged.push(user));
      await clock.advance(10);
    }
  };
  return { clock, store, acknowledged, logIn };
}

// #region reproduction
test('P12 is broken: after one error, nothing moves again', async () => {
  const { clock, store, acknowledged, logIn } = setUp();
  store.failNextWrites(new Error('connection reset'));
  await logIn('linh', 'haruka', 'minh', 'yuki');

  await clock.advance(3_600_000);

  expect(acknowledged).toEqual(['linh', 'haruka', 'minh']);
  expect(store.counts().writes).toBe(1);
  expect(store.entries()).toEqual([]);
  expect(clock.isIdle).toBe(true);
});
// #endregion reproduction

test('P7 is broken: what is under way has lost its room', async () => {
  const { clock, store, acknowledged, logIn } = setUp();
  store.hang();
  await logIn('linh', 'haruka', 'minh', 'yuki');
  await clock.advance(3_600_000);
  expect(acknowledged).toHaveLength(3);
  expect(store.entries()).toEqual([]);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
