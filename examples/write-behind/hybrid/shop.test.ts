import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  CacheFullError,
  WriteBehindCache,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { wire } from './after.ts';
import { OneCacheShop } from './before.ts';
import { ShopDatabase } from './database.ts';
import {
  balances,
  InsufficientFundsError,
  pageViews,
  type Session,
  Shop,
  sessions,
} from './shop.ts';
import { addUp, behind, through } from './strategies.ts';

const session: Session = { id: 's1', userId: 'linh', notice: '' };

function setUp() {
  const clock = new VirtualClock();
  const linh = { cents: 10_000, revision: 0 };
  const database = new ShopDatabase(clock, [['linh', linh]]);
  const errors: unknown[] = [];
  const log = (error: unknown) => {
    errors.push(error);
  };
  const open = (node = 'a') =>
    new Shop(wire(database, node, clock, log), clock);
  return { clock, database, errors, log, open };
}

describe('a purchase', () => {
  test('is stored when it is acknowledged', async () => {
    const { clock, database, open } = setUp();
    await clock.until(open().buy(session, 3900));
    expect(database.balance('linh')).toEqual({ cents: 6100, revision: 1 });
    expect(database.session('s1')).toBeUndefined();
  });

  test('and another at the same time, on two nodes, are both paid', async () => {
    const { clock, database, open } = setUp();
    const both = [open('a'), open('b')].map((shop) => shop.buy(session, 3000));
    await clock.until(Promise.all(both));
    expect(database.balance('linh')).toEqual({ cents: 4000, revision: 2 });
  });

  test('is never more than there is, whoever else buys', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2), fc.nat(50)), { maxLength: 8 }),
        async (purchases) => {
          const { clock, database, open } = setUp();
          const shops = ['a', 'b', 'c'].map(open);
          const paid: Promise<boolean>[] = [];
          for (const [node, afterMs] of purchases) {
            await clock.advance(afterMs);
            const bought = shops[node]?.buy(session, 3000).then(
              () => true,
              () => false,
            );
            if (bought !== undefined) paid.push(bought);
          }
          const count = (await clock.until(Promise.all(paid))).filter(Boolean);
          const cents = 10_000 - 3000 * count.length;
          expect(database.balance('linh')?.cents).toBe(cents);
          expect(cents).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  test('fails where there is not enough', async () => {
    const { clock, database, open } = setUp();
    const bought = clock.until(open().buy(session, 10_001));
    await expect(bought).rejects.toThrow(InsufficientFundsError);
    expect(database.balance('linh')?.revision).toBe(0);
  });

  test.each([0, -1, 0.5, Number.NaN])(
    'of %s cents is refused',
    async (cents) => {
      const { clock, open } = setUp();
      const bought = clock.until(open().buy(session, cents));
      await expect(bought).rejects.toThrow('cents: expected');
    },
  );

  test('is not tried again when nobody knows whether it is stored', async () => {
    const { clock, database, log } = setUp();
    const lost = new Error('connection reset');
    const { accounts } = database;
    const wiring = {
      ...wire(database, 'a', clock, log),
      balances: through(balances, {
        table: {
          ...accounts,
          async put(id, balance) {
            await accounts.put(id, balance);
            throw lost;
          },
        },
        cache: new InMemoryCache({ clock }),
        onCacheError: log,
        clock,
      }),
    };
    const bought = clock.until(new Shop(wiring, clock).buy(session, 3900));
    await expect(bought).rejects.toBe(lost);
    expect(database.balance('linh')).toEqual({ cents: 6100, revision: 1 });
  });
});

describe('while the database is down', () => {
  test('purchases fail, and views and visits go on', async () => {
    const { clock, database, open } = setUp();
    const shop = open();
    await clock.until(shop.buy(session, 100));
    await clock.advance(10_000);
    database.isDown = true;
    await expect(clock.until(shop.buy(session, 100))).rejects.toThrow(
      'the database is down',
    );
    shop.view('/lamp');
    await shop.visit({ ...session, notice: 'Hello!' });
    await clock.advance(10_000);
    expect((await shop.session('s1'))?.notice).toBe('Hello!');
    expect(shop.health()).toMatchObject({
      balances: { state: 'failing', unsaved: 0 },
      'page views': { state: 'failing', unsaved: 1 },
      sessions: { state: 'failing', unsaved: 1 },
    });
    database.isDown = false;
    await clock.advance(20_000);
    expect(database.views('/lamp')).toBe(1);
    expect(database.session('s1')?.notice).toBe('Hello!');
    expect(shop.health()).toMatchObject({
      'page views': { state: 'ok', unsaved: 0 },
      sessions: { state: 'ok', unsaved: 0 },
    });
  });

  test('one kind at its bound takes no room from the others', async () => {
    const { clock, database, log } = setUp();
    const wiring = {
      ...wire(database, 'a', clock, log),
      sessions: behind(sessions, {
        store: {
          read: (id) => database.sessions.read(id),
          write: () => new Promise(() => {}),
        },
        maxPending: 1,
        onDeadLetter: log,
        clock,
      }),
    };
    const shop = new Shop(wiring, clock);
    await shop.visit(session);
    const another = shop.visit({ ...session, id: 's2' });
    await expect(another).rejects.toThrow(CacheFullError);
    const buyer = { ...session, id: 's3' };
    await clock.until(shop.buy(buyer, 3900));
    expect(database.balance('linh')?.cents).toBe(6100);
    expect(shop.health()).toMatchObject({
      balances: { state: 'ok', refused: 0 },
      sessions: { unsaved: 1, refused: 2 },
    });
  });
});

test('with one cache for all, views take the room of a purchase', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number | Session>({
    rows: [['balance linh', 10_000]],
    clock,
  });
  const cache = new WriteBehindCache({
    store,
    maxPending: 1,
    whenFull: 'reject',
    clock,
  });
  const shop = new OneCacheShop(cache);
  await cache.get('balance linh');
  store.hang();
  await cache.set('views /lamp', 1);
  const bought = shop.buy(session, 3900);
  await expect(bought).rejects.toThrow(CacheFullError);
});

test('views of several nodes add up, also where a confirmation is lost', async () => {
  const { clock, database, errors, log } = setUp();
  for (const node of ['a', 'b', 'c']) {
    const write = database.viewsFrom(node);
    let calls = 0;
    const wiring = {
      ...wire(database, node, clock, log),
      pageViews: addUp(pageViews, {
        async write(batch) {
          await write(batch);
          calls += 1;
          if (calls === 1) throw new Error('connection reset');
        },
        onError: log,
        clock,
      }),
    };
    const shop = new Shop(wiring, clock);
    for (let i = 0; i < 3; i += 1) shop.view('/lamp');
  }
  await clock.advance(10_000);
  expect(errors).toHaveLength(3);
  expect(database.views('/lamp')).toBe(9);
});

describe('close', () => {
  test('brings home all three, and takes no more', async () => {
    const { clock, database, open } = setUp();
    const shop = open();
    shop.view('/lamp');
    await shop.visit(session);
    const bought = shop.buy({ ...session, id: 's2' }, 3900);
    const reports = await clock.until(shop.close());
    await bought;
    expect(reports).toEqual([
      { name: 'balances', left: [] },
      { name: 'page views', left: [] },
      { name: 'sessions', left: [] },
    ]);
    expect(database.balance('linh')?.cents).toBe(6100);
    expect(database.views('/lamp')).toBe(1);
    expect(database.session('s1')).toEqual(session);
    await expect(shop.visit(session)).rejects.toThrow(CacheClosedError);
    await expect(shop.buy(session, 1)).rejects.toThrow(CacheClosedError);
  });

  test('waits for a purchase that still has a session to write', async () => {
    const { clock, database, open } = setUp();
    const shop = open();
    const bought = shop.buy(session, 3900);
    await clock.until(shop.close());
    await bought;
    expect(database.session('s1')?.notice).toBe('Thank you!');
  });

  test('ends in time when the database is gone, and says what is left', async () => {
    const { clock, database, open } = setUp();
    const shop = open();
    shop.view('/lamp');
    await shop.visit(session);
    database.isDown = true;
    const reports = await clock.until(shop.close({ timeoutMs: 1000 }));
    expect(clock.now()).toBeLessThanOrEqual(1000);
    expect(reports).toMatchObject([
      { name: 'balances', left: [] },
      { name: 'page views', left: [{ key: '/lamp', change: 1 }] },
      { name: 'sessions', left: [{ key: 's1', value: session }] },
    ]);
  });

  test('names a payment that hangs, and leaves the others their time', async () => {
    const { clock, database, log } = setUp();
    const wiring = {
      ...wire(database, 'a', clock, log),
      balances: through(balances, {
        table: { ...database.accounts, put: () => new Promise(() => {}) },
        cache: new InMemoryCache({ clock }),
        onCacheError: log,
        clock,
      }),
    };
    const shop = new Shop(wiring, clock);
    void shop.buy(session, 3900);
    shop.view('/lamp');
    await shop.visit(session);
    await clock.advance(100);
    const reports = await clock.until(shop.close({ timeoutMs: 1000 }));
    expect(clock.now()).toBeLessThanOrEqual(1100);
    expect(reports).toEqual([
      { name: 'balances', left: [{ key: 'linh' }] },
      { name: 'page views', left: [] },
      { name: 'sessions', left: [] },
    ]);
    expect(database.views('/lamp')).toBe(1);
  });

  test('has a timeout that means something', async () => {
    const { open } = setUp();
    await expect(open().close({ timeoutMs: -1 })).rejects.toThrow(
      'timeoutMs: expected',
    );
  });
});
