import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sleep } from '../../shared/clock.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { KeyLock } from './key-lock.ts';

function setUp() {
  const clock = new VirtualClock();
  const lock = new KeyLock<string>();
  const log: string[] = [];
  const work = (name: string, ms: number) => async () => {
    log.push(`${clock.now()} ${name} begins`);
    await sleep(clock, ms);
    log.push(`${clock.now()} ${name} ends`);
    return name;
  };
  return { clock, lock, log, work };
}

/** What is rejected meanwhile, and nobody hears of. */
async function unheard(act: () => Promise<void>): Promise<unknown[]> {
  const reasons: unknown[] = [];
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => reasons.push(reason));
  try {
    await act();
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const other of others) process.on('unhandledRejection', other);
  }
  return reasons;
}

describe('the lock of a key', () => {
  test('lets one in at a time, in the order in which they came', async () => {
    const { clock, lock, log, work } = setUp();
    const all = Promise.all([
      lock.run('haruka', work('first', 20)),
      lock.run('haruka', work('second', 5)),
      lock.run('haruka', work('third', 0)),
    ]);
    expect(await clock.until(all)).toEqual(['first', 'second', 'third']);
    expect(log).toEqual([
      '0 first begins',
      '20 first ends',
      '20 second begins',
      '25 second ends',
      '25 third begins',
      '25 third ends',
    ]);
  });

  test('holds up no other key', async () => {
    const { clock, lock, work } = setUp();
    const all = Promise.all([
      lock.run('haruka', work('one', 20)),
      lock.run('linh', work('other', 20)),
    ]);
    await clock.until(all);
    expect(clock.now()).toBe(20);
  });

  test('gives an error to its own caller, and lets the next in', async () => {
    const { clock, lock, work } = setUp();
    const failed = lock.run('haruka', async () => {
      await sleep(clock, 5);
      throw new Error('connection reset');
    });
    const thrown = lock.run('haruka', () => {
      throw new Error('no such table');
    });
    const next = lock.run('haruka', work('next', 5));
    const outcomes = Promise.allSettled([failed, thrown, next]);
    expect(await clock.until(outcomes)).toEqual([
      { status: 'rejected', reason: new Error('connection reset') },
      { status: 'rejected', reason: new Error('no such table') },
      { status: 'fulfilled', value: 'next' },
    ]);
  });

  test('hides no error that nobody waits for', async () => {
    const { clock, lock } = setUp();
    const reasons = await unheard(async () => {
      void lock.run('haruka', () => {
        throw new Error('no such table');
      });
      await clock.advance(0);
    });
    expect(reasons).toEqual([new Error('no such table')]);
  });

  test('is gone when nobody holds it or waits for it', async () => {
    const { clock, lock, work } = setUp();
    const well = lock.run('haruka', work('one', 10));
    const badly = lock.run('haruka', () => {
      throw new Error('no such table');
    });
    expect(lock.size).toBe(1);
    await clock.until(Promise.allSettled([well, badly]));
    expect(lock.size).toBe(0);
  });

  test('is gone before its last caller goes on', async () => {
    const { lock } = setUp();
    await lock.run('haruka', () => 'done');
    expect(lock.size).toBe(0);
  });

  test('waits for itself where the work asks for its own key', async () => {
    const { clock, lock } = setUp();
    const nested = lock.run('haruka', () => lock.run('haruka', () => 'in'));
    await expect(clock.until(nested)).rejects.toThrow('it would never settle');
  });

  test('waits for ever where two take two keys in opposite order', async () => {
    const { clock, lock } = setUp();
    const both = Promise.all([
      lock.run('a', () => lock.run('b', () => 'a, b')),
      lock.run('b', () => lock.run('a', () => 'b, a')),
    ]);
    await expect(clock.until(both)).rejects.toThrow('it would never settle');
  });
});

test('in whatever order the steps come, one is in, and all get in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(
        fc.record({ key: fc.constantFrom('a', 'b'), fails: fc.boolean() }),
      ),
      async (scheduler, calls) => {
        const lock = new KeyLock<string>();
        const inside = new Set<string>();
        let entered = 0;
        const asked = calls.map(async ({ key, fails }, index) => {
          await scheduler.schedule(Promise.resolve(), `call ${index}`);
          await lock.run(key, async () => {
            expect(inside).not.toContain(key);
            inside.add(key);
            entered += 1;
            await scheduler.schedule(Promise.resolve(), `work ${index}`);
            inside.delete(key);
            if (fails) throw new Error('connection reset');
          });
        });
        const outcomes = await scheduler.waitFor(Promise.allSettled(asked));
        expect(entered).toBe(calls.length);
        expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(
          calls.map(({ fails }) => fails),
        );
        expect(lock.size).toBe(0);
      },
    ),
  );
});
