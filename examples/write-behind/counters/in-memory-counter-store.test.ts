import { expect, test } from 'vitest';
import { InMemoryCounterStore } from './in-memory-counter-store.ts';

const id = { node: 'a', number: 2 };
const additions = [
  { key: '/home', by: 1 },
  { key: '/lamp', by: 2 },
];

test('a batch is added once, and an older one of its node never', async () => {
  const store = new InMemoryCounterStore([['/home', 40]]);
  await store.apply({ id, additions });
  await store.apply({ id, additions });
  await store.apply({ id: { node: 'a', number: 1 }, additions });
  expect(store.count('/home')).toBe(41);
  await store.apply({ id: { node: 'b', number: 1 }, additions });
  expect(store.count('/home')).toBe(42);
});

test('a row that is refused leaves nothing of its batch, and no number', async () => {
  let isRefused = true;
  const store = new InMemoryCounterStore([], (row) => {
    if (row === 1 && isRefused) throw new Error('the row is locked');
  });
  await expect(store.apply({ id, additions })).rejects.toThrow('locked');
  expect([store.count('/home'), store.nodes()]).toEqual([0, 0]);
  isRefused = false;
  await store.apply({ id, additions });
  expect([store.count('/home'), store.count('/lamp')]).toEqual([1, 2]);
});
