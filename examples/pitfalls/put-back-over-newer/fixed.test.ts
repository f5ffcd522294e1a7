import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';

function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ clock, writeMs: 500 });
  const cache = new FixedCache({ store, clock, maxDelayMs: 1000 });
  return { clock, store, cache };
}

test('P2 is kept: a batch that failed leaves a newer value alone', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('kettle', 28);

  store.failNextWrites(new Error('timeout'));
  await clock.advance(1200);
  await cache.set('kettle', 25);
  await clock.advance(300);
  await clock.until(cache.flush());

  expect(await cache.get('kettle')).toBe(25);
  expect(store.peek('kettle')).toBe(25);
});

test('P2 is kept where the newer operation is a delete', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('kettle', 28);

  store.failNextWrites(new Error('timeout'));
  await clock.advance(1200);
  await cache.delete('kettle');
  await clock.advance(300);
  await clock.until(cache.flush());

  expect(await cache.get('kettle')).toBeUndefined();
  expect(store.peek('kettle')).toBeUndefined();
});

test('what failed and has no newer value goes with the next flush', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('kettle', 28);
  await cache.set('teapot', 19);

  store.failNextWrites(new Error('timeout'));
  await clock.advance(1200);
  await cache.set('kettle', 25);
  await clock.advance(300);
  await clock.until(cache.flush());

  expect(store.entries()).toEqual([
    ['kettle', 25],
    ['teapot', 19],
  ]);
});

test('a flush that fails says so to whoever asked for it', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('kettle', 28);
  store.failNextWrites(new Error('timeout'));
  await expect(clock.until(cache.flush())).rejects.toThrow('timeout');
});

test('a flush waits for the one on its way, then takes its turn', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('kettle', 28);
  store.failNextWrites(new Error('timeout'));
  const first = expect(cache.flush()).rejects.toThrow('timeout');
  await clock.advance(100);
  await cache.set('kettle', 25);
  await clock.until(cache.flush());
  await first;
  expect(store.peek('kettle')).toBe(25);
  expect(clock.now()).toBe(1000);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
