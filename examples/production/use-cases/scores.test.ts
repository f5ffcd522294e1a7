import { expect, test } from 'vitest';
import { databaseOf, startedAt } from './processes.ts';
import { Scores, settings } from './scores.ts';

async function setUp() {
  const clock = await startedAt(0);
  const store = databaseOf<number>();
  return { clock, store, scores: new Scores(store, clock) };
}

test('a score never goes down, whatever ends last', async () => {
  const { clock, store, scores } = await setUp();
  await Promise.all([900, 1200, 300].map((won) => scores.reach('linh', won)));
  await clock.advance(settings.maxDelayMs);
  expect(store.peek('linh')).toBe(1200);
  expect(store.counts().rows).toBe(1);
});

test('a second process replaces the best that it does not know', async () => {
  const { clock, store, scores } = await setUp();
  const others = new Scores(store, clock);
  await scores.reach('linh', 900);
  await others.reach('linh', 1200);
  await clock.until(others.settle('linh'));
  await scores.reach('linh', 1000);
  await clock.until(scores.settle('linh'));
  expect(store.peek('linh')).toBe(1000);
});

// #region crash
test('a crash costs the last best, but not what was settled', async () => {
  const { clock, store, scores } = await setUp();
  await scores.reach('linh', 900);
  expect(await clock.until(scores.settle('linh'))).toBe(900);
  await scores.reach('linh', 1200);

  const next = new Scores(store, await startedAt(60_000));
  expect(await next.reach('linh', 100)).toBe(900);
});
// #endregion crash

test('whoever settles hears that the database does not take it', async () => {
  const { clock, store, scores } = await setUp();
  store.breakKey('linh');
  await scores.reach('linh', 900);
  await expect(clock.until(scores.settle('linh'))).rejects.toThrow(
    'the database has not taken the score',
  );
});

test('whoever settles has all tried again that was given up', async () => {
  const { clock, store, scores } = await setUp();
  store.breakKey('linh');
  await scores.reach('linh', 900);
  await clock.advance(120_000);
  store.mendKey('linh');
  expect(await clock.until(scores.settle('haruka'))).toBe(0);
  expect(store.peek('linh')).toBe(900);
});
