import { expect, test } from 'vitest';
import { databaseOf, startedAt } from './processes.ts';
import { type Session, Sessions, settings } from './sessions.ts';

async function setUp() {
  const clock = await startedAt(0);
  const store = databaseOf<Session>();
  return { clock, store, sessions: new Sessions(store, clock) };
}

test('a crash makes a visit older, by the delay at most', async () => {
  const { clock, store, sessions } = await setUp();
  await sessions.signIn('s-1', 'linh');
  for (let request = 0; request < 55; request += 1) {
    await sessions.visit('s-1');
    await clock.advance(100);
  }
  const { lastSeen } = (await sessions.find('s-1')) ?? { lastSeen: 0 };
  const stored = store.peek('s-1')?.lastSeen ?? 0;
  expect(lastSeen - stored).toBeGreaterThan(0);
  expect(lastSeen - stored).toBeLessThanOrEqual(settings.maxDelayMs);
  // With a row a second, where each request would have been one.
  expect(store.counts().rows).toBeLessThanOrEqual(6);
});

// #region sign-out
test('a crash right after a sign-out signs nobody in again', async () => {
  const { clock, store, sessions } = await setUp();
  await sessions.signIn('s-1', 'linh');
  await clock.advance(settings.maxDelayMs);
  await sessions.visit('s-1');
  await clock.until(sessions.signOut('s-1'));

  const next = new Sessions(store, await startedAt(60_000));
  expect(await next.find('s-1')).toBeUndefined();
});

test('a request still on its way signs nobody in again', async () => {
  const { clock, store, sessions } = await setUp();
  await sessions.signIn('s-1', 'linh');
  const late = () => sessions.visit('s-1');
  const signedOut = sessions.signOut('s-1');
  await expect(late()).rejects.toThrow('s-1 is not signed in');
  await clock.until(signedOut);
  await expect(late()).rejects.toThrow('s-1 is not signed in');
  await clock.advance(settings.maxDelayMs);
  expect(store.peek('s-1')).toBeUndefined();
});
// #endregion sign-out

test('whoever signs out hears that the database does not take it', async () => {
  const { clock, store, sessions } = await setUp();
  await sessions.signIn('s-1', 'linh');
  await clock.advance(settings.maxDelayMs);
  store.breakKey('s-1');
  await expect(clock.until(sessions.signOut('s-1'))).rejects.toThrow(
    'the database has not taken the sign-out',
  );
});

test('a visit that is given up is dropped, and makes room', async () => {
  const { clock, store, sessions } = await setUp();
  store.breakKey('s-1');
  await sessions.signIn('s-1', 'linh');
  await clock.advance(120_000);
  expect(sessions.dropped).toBe(1);
});
