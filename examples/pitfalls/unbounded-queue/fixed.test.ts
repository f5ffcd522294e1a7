import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';

function setUp({ maxPending = 2 } = {}) {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>();
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000, maxPending });
  const acknowledged: string[] = [];
  const set = (key: string, value: string) => {
    void cache.set(key, value).then(() => acknowledged.push(value));
  };
  return { clock, store, cache, acknowledged, set };
}

test('P7 is kept: while the store hangs, the queue stays bounded', async () => {
  const { clock, store, cache, acknowledged, set } = setUp({ maxPending: 100 });

  store.hang();
  for (let n = 1; n <= 10_000; n++) set(`session-${n}`, 'linh');
  await clock.advance(60_000);

  expect(cache.pending).toBe(100);
  expect(acknowledged).toHaveLength(100);
});

test('P7 is kept: a write that waits is accepted once there is room', async () => {
  const { clock, store, cache, acknowledged, set } = setUp();
  store.hang();
  for (const user of ['linh', 'haruka', 'minh', 'yuki', 'an']) set(user, user);
  await clock.advance(60_000);
  expect(acknowledged).toEqual(['linh', 'haruka']);
  expect(await cache.get('linh')).toBe('linh');

  store.recover();
  await clock.advance(1000);
  expect(acknowledged).toEqual(['linh', 'haruka', 'minh', 'yuki', 'an']);
  await clock.advance(1000);
  expect(store.entries()).toHaveLength(5);
});

test('a failed flush makes no room, and takes none', async () => {
  const { clock, store, cache, acknowledged, set } = setUp();
  store.failNextWrites(new Error('timeout'));
  for (const user of ['linh', 'haruka', 'minh']) set(user, user);
  await clock.advance(1000);
  expect(cache.pending).toBe(2);
  expect(acknowledged).toEqual(['linh', 'haruka']);
  await clock.advance(2000);
  expect(store.entries()).toHaveLength(3);
});

test('a key that waits for the store already needs no room', async () => {
  const { clock, store, cache } = setUp();
  store.hang();
  await cache.set('linh', 'Hanoi');
  await cache.set('haruka', 'Kyoto');
  await clock.advance(1000);
  await cache.set('linh', 'Hue');
  await cache.delete('haruka');
  expect(await cache.get('linh')).toBe('Hue');
  expect(await cache.get('haruka')).toBeUndefined();
  store.recover();
  await clock.advance(2000);
  expect(store.entries()).toEqual([['linh', 'Hue']]);
});

test('who waits for room is let in and stored before it closes', async () => {
  const { clock, store, cache, acknowledged, set } = setUp();
  for (const user of ['linh', 'haruka', 'minh', 'yuki', 'an']) set(user, user);
  await clock.until(cache.close());
  expect(acknowledged).toHaveLength(5);
  expect(store.entries()).toHaveLength(5);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
