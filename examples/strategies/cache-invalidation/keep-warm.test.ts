import { expect, test } from 'vitest';
import { demo, measure, work } from './keep-warm.ts';

test('an entry that is kept warm is never loaded again', async () => {
  expect((await measure(true, 1)).loads).toBe(0);
});

test.each([
  [1, 1],
  [10, 0.1],
  [100, 0.01],
])(
  'a load of %d cache writes: the two are even at %d reads per write',
  async (loadCost, ratio) => {
    const [even, below, above] = await Promise.all(
      [ratio, ratio / 3, ratio * 3].map(async (readsPerWrite) => {
        const kept = await measure(true, readsPerWrite);
        const removed = await measure(false, readsPerWrite);
        return work(kept, removed, loadCost);
      }),
    );
    expect(even?.remove).toBeCloseTo(1, 0);
    expect(below?.remove).toBeLessThan(0.6);
    expect(above?.remove).toBeGreaterThan(1.4);
    expect(above?.keep).toBe(1);
  },
);

test('where the writer must load, removing is never more work', async () => {
  for (const ratio of [0.1, 1, 10]) {
    const kept = await measure(true, ratio);
    const removed = await measure(false, ratio);
    const { keepLoaded, remove } = work(kept, removed, 10);
    expect(remove).toBeLessThan(keepLoaded);
  }
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('keep-warm.out.txt');
});
