import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { BrokenCache, demo } from './broken.ts';

// #region reproduction
test('P2 is broken: a set that follows a delete is deleted', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, string>();
  const cache = new BrokenCache({ store, clock, maxDelayMs: 1000 });
  await cache.delete('haruka');
  await cache.set('haruka', 'session-2');

  await cache.flush();

  expect(await cache.get('haruka')).toBe('session-2');
  expect(store.peek('haruka')).toBeUndefined();
});
// #endregion reproduction

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('broken.out.txt');
});
