import { describe, expect, test } from 'vitest';
import type { Candidate, Disk } from './candidate.ts';
import { OneFaultCache } from './one-fault-cache.ts';
import { World } from './world.ts';

/** A cache that does nothing at all, but to look at the disk. */
function idle(look: (disk: Disk) => void): Candidate {
  return {
    name: 'an idle cache',
    create({ disk }) {
      look(disk);
      return {
        get: async () => undefined,
        set: async () => {},
        delete: async () => {},
        flush: async () => {},
        close: async () => {},
      };
    },
  };
}

const right: Candidate = {
  name: 'a right cache',
  create: (setting) => new OneFaultCache(setting),
};

describe('a crash', () => {
  test('leaves no answer to whoever waits', async () => {
    const world = new World<string>();
    const process = world.start(right);
    const flushing = world.outcome(process.cache.flush(), 50);
    process.crash();
    expect(await flushing).toEqual({ state: 'open' });
    const setting = process.cache.set('plan', 'pro');
    expect(await world.outcome(setting, 50)).toEqual({ state: 'open' });
  });

  test('stops the timers and the calls of the process', async () => {
    const world = new World<string>();
    const process = world.start(right);
    await world.outcome(process.cache.set('plan', 'pro'));
    await world.pass(110);
    process.crash();
    await world.pass(1000);
    expect(world.store.peek('plan')).toBeUndefined();
  });

  test('leaves the next process the disk and the store', async () => {
    const world = new World<string>();
    const first = world.start(right);
    await world.outcome(first.cache.set('plan', 'pro'));
    first.crash();
    await world.pass(5);
    const second = world.start(right);
    const read = await world.outcome(second.cache.get('plan'));
    expect(read).toEqual({ state: 'done', result: 'pro' });
  });

  test('keeps a dead process from the disk', async () => {
    const world = new World<string>();
    const disks: Map<string, string>[] = [];
    const opens = idle((disk) => {
      disks.push(disk.open('file', () => new Map<string, string>()));
    });
    const first = world.start(opens);
    disks[0]?.set('plan', 'free');
    first.crash();
    disks[0]?.set('plan', 'pro');
    world.start(opens);
    expect(disks[1]?.get('plan')).toBe('free');
    expect(disks[1]?.size).toBe(1);
    expect(world.referee.story).toEqual([
      "     0 ms  file.set 'plan' 'free'",
      '     0 ms  crash',
      "     0 ms  file.get 'plan'",
    ]);
  });

  test('forgets what only memory had, where there is no journal', async () => {
    const world = new World<string>({ rows: [['plan', 'free']] });
    const forgetful: Candidate = {
      name: 'a cache in memory',
      create: (setting) => new OneFaultCache(setting, 'has no journal'),
    };
    const first = world.start(forgetful);
    await world.outcome(first.cache.set('plan', 'pro'));
    first.crash();
    await world.pass(5);
    const second = world.start(forgetful);
    await world.outcome(second.cache.get('plan'));
    await world.finish(second);
    expect(world.referee.findings).toEqual([]);
  });

  test('forgets nothing else', async () => {
    const world = new World<string>();
    const first = world.start(right);
    await world.outcome(first.cache.set('plan', 'pro'));
    await world.outcome(first.cache.flush());
    first.crash();
    await world.pass(5);
    const second = world.start(idle(() => {}));
    await world.outcome(second.cache.get('plan'));
    expect(world.referee.findings).toMatchObject([{ promise: 'P1' }]);
  });
});

describe('the outcome of a call', () => {
  test('is its result, its error, or that it is open', async () => {
    const world = new World<string>();
    const calls = [
      async () => 'pro',
      async () => {
        throw new Error('no such plan');
      },
      () => new Promise<string>(() => {}),
    ];
    const outcomes = [];
    for (const call of calls) outcomes.push(await world.outcome(call(), 100));
    expect(outcomes).toMatchObject([
      { state: 'done', result: 'pro' },
      { state: 'failed', error: { message: 'no such plan' } },
      { state: 'open' },
    ]);
    expect(world.clock.now()).toBe(100);
  });
});

describe('a dead letter', () => {
  const decide = () => ({ refused: ['plan'], isPermanent: true });

  test('is taken, and then nobody owes it', async () => {
    const world = new World<string>({ decide });
    const process = world.start(right);
    await world.outcome(process.cache.set('plan', 'pro'));
    await world.outcome(process.cache.flush());
    expect(world.letters).toMatchObject([{ operation: { value: 'pro' } }]);
    await world.finish(process);
    expect(world.referee.findings).toEqual([]);
  });

  test('is refused, and then it must be reported', async () => {
    const world = new World<string>({
      decide,
      async takeLetter() {
        throw new Error('the dead letter table is full');
      },
    });
    const process = world.start(right);
    await world.outcome(process.cache.set('plan', 'pro'));
    await world.outcome(process.cache.flush());
    expect(world.letters).toEqual([]);
    await world.outcome(process.cache.close());
    await world.finish(process);
    expect(world.referee.findings).toEqual([]);
  });
});
