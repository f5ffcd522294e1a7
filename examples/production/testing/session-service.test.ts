import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { DeadLetter } from '../../strategies/write-behind/write-behind-cache.ts';
import { type Session, SessionService } from './session-service.ts';

// #region set-up
function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, Session>({
    rows: [['linh', { page: '/home', seenAt: 0 }]],
    readMs: 5,
    writeMs: 20,
    clock,
  });
  const letters: DeadLetter<string, Session>[] = [];
  const sessions = new SessionService({
    store,
    clock,
    random: () => 0.5,
    onDeadLetter: (letter) => {
      letters.push(letter);
    },
  });
  return { clock, store, letters, sessions };
}
// #endregion set-up

// #region batching
test('sixty visitors reach the database in two statements', async () => {
  const { clock, store, sessions } = setUp();
  for (let guest = 1; guest <= 60; guest++) {
    await sessions.visit(`guest-${guest}`, '/home');
  }
  await sessions.visit('guest-60', '/cart');

  // Fifty are a full batch and set out at once. The others wait for company.
  await clock.advance(1999);
  expect(store.counts()).toMatchObject({ writes: 1, rows: 50 });
  await clock.advance(1 + 20);
  expect(store.counts()).toMatchObject({ writes: 2, rows: 60 });
  expect(store.peek('guest-60')?.page).toBe('/cart');
});
// #endregion batching

// #region consistency
test('a visit that comes while an older one is saved is the last', async () => {
  const { clock, store, sessions } = setUp();
  const page = async () => (await sessions.find('linh'))?.page;
  await sessions.visit('linh', '/cart');
  store.hang();
  await clock.advance(2000); // The first visit is on its way.
  await sessions.visit('linh', '/checkout');
  expect(await page()).toBe('/checkout');

  store.recover();
  await clock.advance(20);
  expect(store.peek('linh')?.page).toBe('/cart');
  expect(await page()).toBe('/checkout');
  await clock.advance(2000 + 20);
  expect(store.peek('linh')?.page).toBe('/checkout');
});
// #endregion consistency

// #region errors
test('a session that is refused takes no other with it', async () => {
  const { clock, store, letters, sessions } = setUp();
  store.failNextWrites(new Error('deadlock detected'));
  const tooLong = new Error('value too long for type character varying(200)');
  store.breakKey('mallory', Object.assign(tooLong, { permanent: true }));
  await sessions.visit('mallory', '/search?q=…');
  await sessions.signOut('linh');

  await clock.advance(10_000);
  expect(store.peek('linh')).toBeUndefined();
  expect(letters).toMatchObject([{ operation: { key: 'mallory' } }]);
});
// #endregion errors

// #region shutdown
test('what is in flight and what waits is saved before it stops', async () => {
  const { clock, store, sessions } = setUp();
  for (let guest = 1; guest <= 60; guest++) {
    await sessions.visit(`guest-${guest}`, '/home');
  }
  const stopping = sessions.stop();
  await expect(sessions.visit('late', '/home')).rejects.toThrow('closed');
  expect(await clock.until(stopping)).toEqual([]);
  expect(store.peek('guest-1')).toBeDefined();
  expect(store.peek('guest-60')).toBeDefined();
});

test('it stops in time although the database hangs, and says so', async () => {
  const { clock, store, sessions } = setUp();
  store.hang();
  await sessions.visit('linh', '/cart');
  expect(await clock.until(sessions.stop(3000))).toEqual(['linh']);
  expect(clock.now()).toBe(3000);
});
// #endregion shutdown
