import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import {
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';
import {
  GracefulShutdown,
  type Requests,
  type ShutdownOptions,
} from './graceful-shutdown.ts';
import { HurriedClock } from './hurried-clock.ts';

describe('after the first signal', () => {
  // #region example
  test('what was acknowledged is stored, and then the process ends', async () => {
    const { time, cache, store, process } = newWorld();
    await cache.set('linh', 'home');
    process.emit('SIGTERM', 'SIGTERM');
    expect(await time.until(process.exited)).toBe(0);
    expect(store.peek('linh')).toBe('home');
  });
  // #endregion example

  test('it is not ready any more, before anything else', () => {
    const { shutdown, process, requests } = newWorld();
    expect(shutdown.isReady).toBe(true);
    process.emit('SIGTERM', 'SIGTERM');
    expect(shutdown.isReady).toBe(false);
    expect(requests.isClosing).toBe(false);
  });

  test('it serves on until the balancers have noticed', async () => {
    const { time, process, requests } = newWorld({ noticeMs: 3000 });
    process.emit('SIGTERM', 'SIGTERM');
    await time.advance(2999);
    expect(requests.isClosing).toBe(false);
    await time.advance(1);
    expect(requests.isClosing).toBe(true);
  });

  test('requests that are under way still have their writes accepted', async () => {
    const { time, cache, store, process, requests } = newWorld();
    requests.underWay = 1;
    process.emit('SIGINT', 'SIGINT');
    await time.advance(4000);
    await cache.set('linh', 'checkout');
    requests.end();
    expect(await time.until(process.exited)).toBe(0);
    expect(store.peek('linh')).toBe('checkout');
  });

  test('requests that take too long are cut, and the cache drains', async () => {
    const { time, cache, store, process, requests, lines } = newWorld();
    requests.underWay = 2;
    process.emit('SIGTERM', 'SIGTERM');
    await time.advance(4990);
    await cache.set('linh', 'home');
    expect(await time.until(process.exited)).toBe(0);
    expect(time.now()).toBe(5020);
    expect(requests.isCut).toBe(true);
    expect(store.peek('linh')).toBe('home');
    expect(lines).toContain(
      '2 requests are cut: TimeoutError: no answer within 5000 ms',
    );
  });

  test('a server that cannot be closed does not keep the cache from it', async () => {
    const { time, cache, store, process, requests, lines } = newWorld();
    await cache.set('linh', 'home');
    requests.failure = new Error('no such handle');
    process.emit('SIGTERM', 'SIGTERM');
    expect(await time.until(process.exited)).toBe(0);
    expect(store.peek('linh')).toBe('home');
    expect(lines).toContain('0 requests are cut: Error: no such handle');
  });

  test('requests that cannot be cut do not keep the cache from it', async () => {
    const { time, cache, store, process, requests, lines } = newWorld();
    await cache.set('linh', 'home');
    requests.underWay = 1;
    requests.cut = () => {
      throw new Error('no such socket');
    };
    process.emit('SIGTERM', 'SIGTERM');
    expect(await time.until(process.exited)).toBe(0);
    expect(store.peek('linh')).toBe('home');
    expect(lines).toContain('Error: no such socket');
  });

  test('a log that fails costs no write', async () => {
    const print = () => {
      throw new Error('no such pipe');
    };
    const { time, cache, store, process } = newWorld({ print });
    await cache.set('linh', 'home');
    process.emit('SIGTERM', 'SIGTERM');
    expect(await time.until(process.exited)).toBe(0);
    expect(store.peek('linh')).toBe('home');
  });

  test('it says each second how much there is to do', async () => {
    const { time, cache, process, lines, store } = newWorld();
    store.hang();
    await cache.set('linh', 'home');
    await cache.set('haruka', 'home');
    process.emit('SIGTERM', 'SIGTERM');
    await time.advance(2500);
    await cache.get('linh');
    store.recover();
    await time.until(process.exited);
    expect(lines).toEqual([
      'SIGTERM: not ready any more',
      'no new requests: 0 under way',
      'draining: 2 writes to go',
      'draining: 2 writes to go',
      'draining: 2 writes to go',
      'stored 2 writes, 0 are left',
    ]);
    expect(time.isIdle).toBe(true);
  });
});

describe('a store that hangs', () => {
  test('is given up in time, and what is left is kept', async () => {
    const { time, cache, store, process, kept, lines } = newWorld();
    store.hang();
    await cache.set('linh', 'home');
    await cache.delete('haruka');
    process.emit('SIGTERM', 'SIGTERM');
    expect(await time.until(process.exited)).toBe(1);
    expect(time.now()).toBe(10_000);
    expect(kept).toMatchObject([
      { type: 'set', key: 'linh', value: 'home' },
      { type: 'delete', key: 'haruka' },
    ]);
    expect(lines.slice(-2)).toEqual([
      'stored 0 writes, 2 are left',
      'what is left is kept',
    ]);
  });

  test('and one that refuses is, as soon as it has done so often enough', async () => {
    const { time, cache, store, process, kept } = newWorld();
    store.breakKey('linh');
    await cache.set('linh', 'home');
    await cache.set('haruka', 'home');
    process.emit('SIGTERM', 'SIGTERM');
    expect(await time.until(process.exited)).toBe(1);
    expect(time.now()).toBeLessThan(10_000);
    expect(kept).toMatchObject([{ key: 'linh', value: 'home' }]);
    expect(store.peek('haruka')).toBe('home');
  });

  test('and what it refuses while it drains is kept, even if somebody took it', async () => {
    const letters: unknown[] = [];
    const onDeadLetter = (letter: unknown) => {
      letters.push(letter);
    };
    const world = newWorld({}, { onDeadLetter, maxBatchSize: 1 });
    const { time, cache, store, process, kept } = world;
    store.breakKey('minh');
    store.breakKey('linh');
    await cache.set('minh', 'home');
    await time.until(cache.flush());
    await cache.set('linh', 'home');
    process.emit('SIGTERM', 'SIGTERM');
    expect(await time.until(process.exited)).toBe(1);
    expect(letters).toHaveLength(2);
    // Minh's was another's before, and is not ours to report.
    expect(kept).toMatchObject([{ key: 'linh', value: 'home' }]);
  });

  test('what cannot be kept is said to be lost', async () => {
    const keep = () => {
      throw new Error('no space left');
    };
    const { time, cache, store, process, lines } = newWorld({ keep });
    store.hang();
    await cache.set('linh', 'home');
    process.emit('SIGTERM', 'SIGTERM');
    expect(await time.until(process.exited)).toBe(1);
    expect(lines.at(-1)).toBe('what is left is lost: Error: no space left');
  });

  test('a place to keep it that hangs has its time as well', async () => {
    const keep = () => new Promise<void>(() => {});
    const { time, cache, store, process, lines } = newWorld({ keep });
    store.hang();
    await cache.set('linh', 'home');
    process.emit('SIGTERM', 'SIGTERM');
    expect(await time.until(process.exited)).toBe(1);
    expect(time.now()).toBe(12_000);
    expect(lines.at(-1)).toContain('no answer within 2000 ms');
  });
});

test('a cache that cannot be closed ends the process all the same', async () => {
  const journal = new InMemoryJournal<string, string>();
  journal.replay = () => Promise.reject(new Error('the journal is torn'));
  const { time, process, lines } = newWorld({}, { journal });
  process.emit('SIGTERM', 'SIGTERM');
  expect(await time.until(process.exited)).toBe(1);
  expect(lines.at(-1)).toBe('the shutdown failed: Error: the journal is torn');
});

describe('a second signal', () => {
  test('ends the drain at once, and what is left is kept', async () => {
    const { time, cache, store, process, kept, lines } = newWorld();
    store.hang();
    await cache.set('linh', 'home');
    process.emit('SIGINT', 'SIGINT');
    await time.advance(2500);
    process.emit('SIGINT', 'SIGINT');
    expect(await time.until(process.exited)).toBe(1);
    expect(time.now()).toBe(2500);
    expect(kept).toMatchObject([{ key: 'linh', value: 'home' }]);
    expect(lines.slice(-3)).toEqual([
      'SIGINT again: waits no more',
      'stored 0 writes, 1 are left',
      'what is left is kept',
    ]);
  });

  test('while requests are under way cuts them, and waits for no drain', async () => {
    const { time, cache, store, process, requests, kept } = newWorld();
    store.hang();
    requests.underWay = 1;
    await cache.set('linh', 'home');
    process.emit('SIGTERM', 'SIGTERM');
    await time.advance(2500);
    process.emit('SIGTERM', 'SIGTERM');
    expect(await time.until(process.exited)).toBe(1);
    expect(time.now()).toBe(2500);
    expect(requests.isCut).toBe(true);
    expect(kept).toMatchObject([{ key: 'linh', value: 'home' }]);
  });

  test('while balancers have yet to notice waits for nothing at all', async () => {
    const world = newWorld({ noticeMs: 60_000 });
    const { time, cache, store, process, requests, kept } = world;
    store.hang();
    requests.underWay = 1;
    await cache.set('linh', 'home');
    process.emit('SIGTERM', 'SIGTERM');
    await time.advance(2500);
    process.emit('SIGINT', 'SIGINT');
    expect(await time.until(process.exited)).toBe(1);
    expect(time.now()).toBe(2500);
    expect(kept).toHaveLength(1);
  });

  test('within a second of the first is its echo', async () => {
    const { time, cache, store, process, lines } = newWorld();
    await time.advance(60_000);
    store.hang();
    await cache.set('linh', 'home');
    process.emit('SIGINT', 'SIGINT');
    await time.advance(999);
    process.emit('SIGINT', 'SIGINT');
    process.emit('SIGTERM', 'SIGTERM');
    await time.advance(100);
    expect(process.codes).toEqual([]);
    store.recover();
    expect(await time.until(process.exited)).toBe(0);
    expect(lines.filter((line) => line.includes('again'))).toEqual([]);
  });

  test('does not keep what is left from being kept', async () => {
    const kept: unknown[] = [];
    const world = newWorld({
      keep: (left) =>
        new Promise((resolve) => {
          world.time.schedule(500, () => {
            kept.push(...left);
            resolve();
          });
        }),
    });
    const { time, cache, store, process } = world;
    store.hang();
    await cache.set('linh', 'home');
    process.emit('SIGTERM', 'SIGTERM');
    await time.advance(10_100);
    process.emit('SIGTERM', 'SIGTERM');
    expect(await time.until(process.exited)).toBe(1);
    expect(kept).toHaveLength(1);
  });

  test('is the last one that matters', async () => {
    const { time, cache, store, process, lines } = newWorld();
    store.hang();
    await cache.set('linh', 'home');
    process.emit('SIGTERM', 'SIGTERM');
    await time.advance(1000);
    for (let times = 0; times < 3; times += 1) {
      process.emit('SIGTERM', 'SIGTERM');
    }
    await time.until(process.exited);
    await time.advance(60_000);
    expect(process.codes).toEqual([1]);
    expect(lines.filter((line) => line.includes('again'))).toHaveLength(1);
  });
});

test('whoever else asks for the end gets the same one', async () => {
  const { time, shutdown, process, lines } = newWorld();
  const ends = [shutdown.begin('message'), shutdown.begin('hook')];
  process.emit('SIGTERM', 'SIGTERM');
  expect(await time.until(Promise.all(ends))).toEqual([0, 0]);
  expect(process.codes).toEqual([0]);
  expect(lines[0]).toBe('message: not ready any more');
  expect(lines.filter((line) => line.includes('ready'))).toHaveLength(1);
});

test('where no signals come, a message asks for the end', async () => {
  const { time, shutdown, process } = newWorld();
  // #region message
  process.on('message', (message) => {
    if (message === 'shutdown') void shutdown.begin('message');
  });
  // #endregion message
  process.emit('message', 'hello');
  expect(shutdown.isReady).toBe(true);
  process.emit('message', 'shutdown');
  expect(await time.until(process.exited)).toBe(0);
});

test('to hurry does nothing before there is an end', async () => {
  const { time, shutdown, process, cache, store, lines } = newWorld();
  await cache.set('linh', 'home');
  shutdown.hurry('message');
  expect(lines).toEqual([]);
  process.emit('SIGTERM', 'SIGTERM');
  expect(await time.until(process.exited)).toBe(0);
  expect(store.peek('linh')).toBe('home');
});

test('it listens until the end, and no longer', async () => {
  const { time, process } = newWorld();
  expect(process.eventNames()).toEqual(['SIGTERM', 'SIGINT']);
  process.emit('SIGTERM', 'SIGTERM');
  await time.advance(0);
  expect(process.codes).toEqual([0]);
  expect(process.eventNames()).toEqual([]);
});

test('one that is disposed of leaves signals to others', () => {
  const { shutdown, process } = newWorld();
  shutdown.dispose();
  expect(process.eventNames()).toEqual([]);
  expect(shutdown.isReady).toBe(true);
});

test('other platforms have other signals', async () => {
  const { time, process } = newWorld({ signals: ['SIGBREAK', 'SIGHUP'] });
  expect(process.eventNames()).toEqual(['SIGBREAK', 'SIGHUP']);
  process.emit('SIGBREAK', 'SIGBREAK');
  expect(await time.until(process.exited)).toBe(0);
});

test.each([
  'noticeMs',
  'requestsMs',
  'drainMs',
  'keepMs',
  'progressMs',
  'echoMs',
])('a %s that is no time is refused', (name) => {
  const message = `${name}: expected milliseconds from 0`;
  expect(() => newWorld({ [name]: -1 })).toThrow(message);
  expect(() => newWorld({ [name]: Number.NaN })).toThrow(message);
});

// #region property
test('whatever hangs, each write is stored or kept, in time', async () => {
  const histories = fc.record({
    noticeMs: fc.constantFrom(0, 3000),
    requestsEnd: fc.boolean(),
    storeMs: fc.constantFrom(0, 300, 4000, Infinity),
    writes: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 }),
    signals: fc.array(fc.integer({ min: 0, max: 8000 }), { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const { noticeMs, requestsEnd, storeMs, writes, signals } = history;
      const world = newWorld({ noticeMs }, { maxBatchSize: 3 });
      const { time, cache, store, process, requests, kept } = world;
      if (!requestsEnd) requests.underWay = 1;
      if (storeMs > 0) store.hang();
      if (storeMs < Infinity) time.schedule(storeMs, () => store.recover());
      for (const key of writes) await cache.set(`user-${key}`, 'home');
      process.emit('SIGTERM', 'SIGTERM');
      for (const at of signals) {
        time.schedule(at, () => process.emit('SIGTERM', 'SIGTERM'));
      }
      const code = await time.until(process.exited);
      expect(time.now()).toBeLessThanOrEqual(noticeMs + 5000 + 10_000);
      expect(code).toBe(kept.length === 0 ? 0 : 1);
      const keptKeys = kept.map(({ key }) => key);
      for (const key of writes.map((write) => `user-${write}`)) {
        expect(store.peek(key) === 'home' || keptKeys.includes(key)).toBe(true);
      }
    }),
  );
});
// #endregion property

class FakeProcess extends EventEmitter {
  readonly codes: number[] = [];
  readonly exited: Promise<number>;
  #resolve = (_code: number) => {};

  constructor() {
    super();
    this.exited = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  exit(code: number): void {
    this.codes.push(code);
    this.#resolve(code);
  }
}

class FakeRequests implements Requests {
  underWay = 0;
  isClosing = false;
  isCut = false;
  failure: Error | undefined;
  end = () => {};

  close(): Promise<void> {
    this.isClosing = true;
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (this.underWay === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.end = resolve;
    });
  }

  cut(): void {
    this.isCut = true;
  }
}

function newWorld(
  options: Partial<ShutdownOptions<string, string>> = {},
  cacheOptions: Partial<WriteBehindOptions<string, string>> = {},
) {
  const time = new VirtualClock();
  const clock = new HurriedClock(time);
  const store = new InMemoryStore<string, string>({ clock: time, writeMs: 20 });
  const cache = new WriteBehindCache<string, string>({
    ...{ store, clock, ...cacheOptions },
  });
  const process = new FakeProcess();
  const requests = new FakeRequests();
  const lines: string[] = [];
  const kept: Operation<string, string>[] = [];
  const shutdown = new GracefulShutdown<string, string>({
    ...{ cache, clock, requests, process },
    print: (line) => lines.push(line),
    keep: (left) => {
      kept.push(...left);
    },
    ...options,
  });
  const world = { time, clock, store, cache, process, requests };
  return { ...world, shutdown, lines, kept };
}
