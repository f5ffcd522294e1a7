import { expect, test } from 'vitest';
import { databaseOf, startedAt } from './processes.ts';
import { Likes, settings } from './social.ts';

async function setUp() {
  const clock = await startedAt(0);
  const store = databaseOf<true>();
  return { clock, store, likes: new Likes(store, clock) };
}

// #region crash
test('a crash costs the last likes, and their rows agree', async () => {
  const { clock, store, likes } = await setUp();
  await likes.like('linh', 'post-1');
  await clock.advance(settings.maxDelayMs);
  await likes.like('haruka', 'post-1');
  expect(await likes.isLikedBy('haruka', 'post-1')).toBe(true);

  // Haruka presses the heart once more.
  const next = new Likes(store, await startedAt(60_000));
  expect(await next.isLikedBy('haruka', 'post-1')).toBe(false);
  expect(await next.isLikedBy('linh', 'post-1')).toBe(true);
  expect(store.entries()).toHaveLength(1);
});
// #endregion crash

test('a like that is given up is dropped, and makes room', async () => {
  const { clock, store, likes } = await setUp();
  store.breakKey('post-1 linh');
  await likes.like('linh', 'post-1');
  await clock.advance(60_000);
  expect(likes.dropped).toBe(1);
});

test('who cannot decide costs one row, and the last word counts', async () => {
  const { clock, store, likes } = await setUp();
  for (let change = 0; change < 10; change += 1) {
    await likes.like('linh', 'post-1');
    await likes.unlike('linh', 'post-1');
  }
  expect(await likes.isLikedBy('linh', 'post-1')).toBe(false);
  await clock.advance(settings.maxDelayMs);
  expect(store.counts().rows).toBe(1);
  expect(store.entries()).toEqual([]);
});
