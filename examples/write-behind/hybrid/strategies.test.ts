import { describe, expect, test } from 'vitest';
import { CacheClosedError } from '../../shared/cache.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { CacheFullError } from '../../strategies/write-behind/write-behind-cache.ts';
import type { Change } from '../coalescing/change.ts';
import { countable, type Kind, mustSurvive, replaceable } from './kinds.ts';
import {
  type AddUpOptions,
  addUp,
  type BehindOptions,
  behind,
  through,
} from './strategies.ts';

const down = new Error('the database is down');

describe('a kind', () => {
  test.each([
    ['mayLoseMs', () => countable('views', { mayLoseMs: -1 })],
    ['mayLoseMs', () => replaceable('sessions', { mayLoseMs: Number.NaN })],
    ['name', () => mustSurvive('')],
  ])('has a %s that means something', (option, declare) => {
    expect(declare).toThrow(`${option}: expected`);
  });

  test('is refused by the wrong strategy where a cast gets past the compiler', () => {
    const clock = new VirtualClock();
    const store = new InMemoryStore<string, never>({ clock });
    const balances = mustSurvive<never>('balances') as unknown;
    const views = countable('views', { mayLoseMs: 0 }) as unknown;
    const onDeadLetter = () => {};
    expect(() =>
      behind(balances as Kind<'replaceable', never>, { store, onDeadLetter }),
    ).toThrow('balances: expected replaceable, got must-survive');
    expect(() =>
      through(views as Kind<'must-survive', never>, {
        table: store,
        cache: new InMemoryCache(),
        onCacheError: () => {},
      }),
    ).toThrow('views: expected must-survive or replaceable, got countable');
    expect(() =>
      addUp(balances as Kind<'countable', never>, {
        write: async () => {},
        onError: () => {},
      }),
    ).toThrow('balances: expected countable, got must-survive');
  });
});

describe('through', () => {
  function setUp() {
    const clock = new VirtualClock();
    const table = new InMemoryStore<string, number>({ writeMs: 20, clock });
    const wired = through(mustSurvive<number>('balances'), {
      table,
      cache: new InMemoryCache({ clock }),
      onCacheError: () => {},
      clock,
    });
    return { clock, table, wired, balances: wired.handle };
  }

  test('acknowledges what is stored', async () => {
    const { clock, table, wired, balances } = setUp();
    await clock.until(balances.set('linh', 100));
    expect(table.peek('linh')).toBe(100);
    expect(wired.health()).toEqual({
      state: 'ok',
      unsaved: 0,
      refused: 0,
      givenUp: 0,
    });
  });

  test('tells its caller that the database is down, and tells health', async () => {
    const { clock, table, wired, balances } = setUp();
    table.failNextWrites(down);
    await expect(clock.until(balances.set('linh', 100))).rejects.toBe(down);
    expect(wired.health().state).toBe('failing');
    await clock.until(balances.delete('linh'));
    expect(wired.health().state).toBe('ok');
  });

  test('does not call a database ill that refuses a row for good', async () => {
    const { clock, table, wired, balances } = setUp();
    const refusal = Object.assign(new Error('too long'), { permanent: true });
    table.failNextWrites(refusal);
    await expect(clock.until(balances.set('linh', 1))).rejects.toBe(refusal);
    expect(wired.health().state).toBe('ok');
  });

  test('waits for what is under way when it closes', async () => {
    const { clock, table, wired, balances } = setUp();
    const written = balances.set('linh', 100);
    expect(await clock.until(wired.close(1000))).toEqual([]);
    expect(table.peek('linh')).toBe(100);
    await written;
    await expect(balances.set('linh', 50)).rejects.toThrow(CacheClosedError);
  });

  test('names what hangs when the time is over', async () => {
    const { clock, table, wired, balances } = setUp();
    table.hang();
    const written = balances.set('linh', 100);
    expect(await clock.until(wired.close(1000))).toEqual([{ key: 'linh' }]);
    expect(clock.now()).toBe(1000);
    table.recover();
    await clock.until(written);
  });
});

describe('addUp', () => {
  function setUp(options: Partial<AddUpOptions> = {}) {
    const clock = new VirtualClock();
    const batches: [number, ...Change<string, number>[]][] = [];
    const errors: unknown[] = [];
    const wired = addUp(countable('views', { mayLoseMs: 5000 }), {
      write: async (batch) => {
        batches.push([clock.now(), ...batch]);
      },
      onError: (error) => errors.push(error),
      clock,
      ...options,
    });
    return { clock, wired, batches, errors, views: wired.handle };
  }

  test('sends the sum after the time that the kind may lose', async () => {
    const { clock, wired, batches, views } = setUp();
    views.add('/lamp', 1);
    views.add('/lamp', 2);
    expect(wired.health().unsaved).toBe(2);
    await clock.advance(5000);
    expect(batches).toMatchObject([[5000, { key: '/lamp', change: 3 }]]);
    expect(wired.health().unsaved).toBe(0);
  });

  test('goes on while the database is down, and is failing', async () => {
    let isDown = true;
    const { clock, wired, errors, views } = setUp({
      write: async () => {
        if (isDown) throw down;
      },
    });
    views.add('/lamp', 1);
    await clock.advance(5000);
    views.add('/lamp', 1);
    expect(wired.health()).toMatchObject({ state: 'failing', unsaved: 2 });
    expect(errors).toEqual([down]);
    isDown = false;
    await clock.advance(10_000);
    expect(wired.health()).toMatchObject({ state: 'ok', unsaved: 0 });
  });

  test('counts what finds no room, and fails nobody for it', () => {
    const { wired, views } = setUp({ maxKeys: 1 });
    views.add('/lamp', 1);
    views.add('/chair', 1);
    views.add('/lamp', 1);
    expect(wired.health()).toMatchObject({ unsaved: 2, refused: 1 });
  });

  test.each([Number.NaN, 0.5, Infinity])('refuses to add %s', (count) => {
    const { wired, views } = setUp();
    expect(() => views.add('/lamp', count)).toThrow(
      'count: expected a whole number',
    );
    expect(wired.health().unsaved).toBe(0);
  });

  test('returns what it could not write when it closes', async () => {
    const { clock, wired, views } = setUp({
      write: () => Promise.reject(down),
    });
    views.add('/lamp', 3);
    const left = await clock.until(wired.close(1000));
    expect(left).toMatchObject([{ key: '/lamp', change: 3 }]);
    expect(() => views.add('/lamp', 1)).toThrow(CacheClosedError);
  });
});

describe('behind', () => {
  function setUp(options: Partial<BehindOptions<string>> = {}) {
    const clock = new VirtualClock();
    const store = new InMemoryStore<string, string>({ writeMs: 20, clock });
    const letters: unknown[] = [];
    const wired = behind(replaceable<string>('sessions', { mayLoseMs: 1000 }), {
      store,
      onDeadLetter: (letter) => {
        letters.push(letter);
      },
      random: () => 0.5,
      clock,
      ...options,
    });
    return { clock, store, wired, letters, sessions: wired.handle };
  }

  test('sends the last value after the time that the kind may lose', async () => {
    const { clock, store, wired, sessions } = setUp();
    await sessions.set('s1', 'a');
    await sessions.set('s1', 'b');
    expect(wired.health()).toMatchObject({ state: 'ok', unsaved: 1 });
    await clock.advance(999);
    expect(store.counts().writes).toBe(0);
    await clock.advance(21);
    expect(store.peek('s1')).toBe('b');
    expect(wired.health().unsaved).toBe(0);
  });

  test('reads its own writes while the database is down, and is failing', async () => {
    const { clock, store, wired, sessions } = setUp();
    store.failNextWrites(down, down);
    await sessions.set('s1', 'a');
    await clock.advance(1020);
    expect(await sessions.get('s1')).toBe('a');
    expect(wired.health()).toMatchObject({ state: 'failing', unsaved: 1 });
    await clock.advance(1000);
    expect(store.peek('s1')).toBe('a');
    expect(wired.health()).toMatchObject({ state: 'ok', unsaved: 0 });
  });

  test('refuses what finds no room at once, and counts it', async () => {
    const { wired, sessions } = setUp({ maxPending: 1 });
    await sessions.set('s1', 'a');
    await expect(sessions.set('s2', 'b')).rejects.toThrow(CacheFullError);
    await expect(sessions.delete('s3')).rejects.toThrow(CacheFullError);
    expect(wired.health()).toMatchObject({ unsaved: 1, refused: 2 });
    await sessions.set('s1', 'c');
    expect(wired.health().refused).toBe(2);
  });

  test('hands over what the database never takes', async () => {
    const { clock, store, wired, letters, sessions } = setUp({
      retry: { attempts: 1 },
    });
    store.breakKey('s1');
    await sessions.set('s1', 'a');
    await clock.advance(2000);
    expect(letters).toMatchObject([{ operation: { key: 's1' } }]);
    expect(wired.health()).toMatchObject({ unsaved: 0, givenUp: 1 });
  });

  test('returns what it could not write when it closes', async () => {
    const { clock, store, wired, sessions } = setUp();
    store.hang();
    await sessions.set('s1', 'a');
    const left = await clock.until(wired.close(500));
    expect(left).toMatchObject([{ key: 's1', value: 'a' }]);
    expect(clock.now()).toBe(500);
  });

  test('returns what it gave up when nobody took it over', async () => {
    const { clock, store, wired, sessions } = setUp({
      onDeadLetter: () => Promise.reject(new Error('the disk is full')),
    });
    store.breakKey('s1');
    await sessions.set('s1', 'a');
    const left = await clock.until(wired.close(10_000));
    expect(left).toMatchObject([{ key: 's1', value: 'a' }]);
  });
});
