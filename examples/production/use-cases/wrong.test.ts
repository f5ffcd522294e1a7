import { describe, expect, test } from 'vitest';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { databaseOf, startedAt } from './processes.ts';

describe('write-behind is wrong for', () => {
  // #region balance
  test('a balance: a crash gives back what was spent', async () => {
    const store = databaseOf([['linh', 100]]);
    const balances = new WriteBehindCache<string, number>({
      ...{ store, clock: await startedAt(0) },
    });
    const paid = await balances.update('linh', (cents = 0) => cents - 80);
    expect(paid).toBe(20);
    // The shop has shipped the order, and the process is killed.
    expect(store.peek('linh')).toBe(100);
  });
  // #endregion balance

  test('a balance: two processes spend the same money', async () => {
    const store = databaseOf([['linh', 100]]);
    const clock = await startedAt(0);
    const servers = [1, 2].map(
      () => new WriteBehindCache<string, number>({ store, clock }),
    );
    for (const balances of servers) {
      await balances.update('linh', (cents = 0) => {
        expect(cents).toBe(100);
        return cents - 80;
      });
    }
    await clock.advance(1000);
    expect(store.peek('linh')).toBe(20);
  });

  // #region audit
  test('an audit log: a crash takes what an intruder did last', async () => {
    const store = databaseOf<string>();
    const audit = new WriteBehindCache<string, string>({
      ...{ store, clock: await startedAt(0) },
    });
    await audit.set('1', 'admin signs in from an unknown address');
    await audit.set('2', 'admin stops the service');
    expect(store.entries()).toEqual([]);
  });
  // #endregion audit
});
