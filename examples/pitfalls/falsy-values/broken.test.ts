import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

// #region reproduction
test('P11 is broken: a zero is taken for a miss', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['tea', 3]] });
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });

  await cache.set('tea', 0);
  expect(await cache.get('tea')).toBe(3);

  await cache.flush();
  expect(store.peek('tea')).toBe(0);
  expect(await cache.get('tea')).toBe(3);
});
// #endregion reproduction

test.each([0, '', false, null])('P11 is broken for %j', async (value) => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, unknown>({ rows: [['key', 'old']] });
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });
  await cache.set('key', value);
  expect(await cache.get('key')).toBe('old');
});

test('a zero that the store holds is never a hit', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['tea', 0]] });
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });
  await cache.get('tea');
  expect(await cache.get('tea')).toBe(0);
  expect(store.counts().reads).toBe(2);
});

test('P5 is broken by the same question', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ rows: [['tea', 3]] });
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });
  await cache.delete('tea');
  expect(await cache.get('tea')).toBe(3);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
