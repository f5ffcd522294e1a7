import { expect, test } from 'vitest';
import { PageViews, settings } from './analytics.ts';
import { databaseOf, startedAt } from './processes.ts';

// #region crash
test('a crash costs the views of a delay, and adds none', async () => {
  const store = databaseOf<number>();
  const before = await startedAt(0);
  const views = new PageViews(store, before);
  for (let view = 0; view < 120; view += 1) {
    await views.view('/pricing');
    await before.advance(100);
  }
  const stored = store.peek('0 /pricing') ?? 0;
  expect(120 - stored).toBeGreaterThan(0);
  expect(120 - stored).toBeLessThanOrEqual(settings.maxDelayMs / 100);

  // The next process goes on from the row.
  const after = await startedAt(60_000);
  await new PageViews(store, after).view('/pricing');
  await after.advance(settings.maxDelayMs);
  expect(store.peek('0 /pricing')).toBe(stored + 1);
});
// #endregion crash

test('a sum that is given up goes with the next view', async () => {
  const store = databaseOf<number>();
  const clock = await startedAt(0);
  const views = new PageViews(store, clock);
  store.breakKey('0 /pricing');
  await views.view('/pricing');
  await clock.advance(120_000);
  expect(views.dropped).toBe(1);
  store.mendKey('0 /pricing');
  await views.view('/pricing');
  await clock.advance(settings.maxDelayMs);
  expect(store.peek('0 /pricing')).toBe(2);
});

test('ten thousand views of three pages are three rows', async () => {
  const store = databaseOf<number>();
  const clock = await startedAt(0);
  const views = new PageViews(store, clock);
  const pages = ['/', '/pricing', '/docs'];
  for (let view = 0; view < 10_000; view += 1) {
    await views.view(pages[view % pages.length] ?? '/');
  }
  await clock.advance(settings.maxDelayMs);
  expect(store.counts()).toMatchObject({ writes: 1, rows: 3 });
  const sum = store.entries().reduce((total, [, count]) => total + count, 0);
  expect(sum).toBe(10_000);
});
