import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { InMemoryLog } from './in-memory-log.ts';
import { LogQueue } from './log-queue.ts';
import { operationOf } from './operation-message.ts';
import { PartitionWriter } from './partition-writer.ts';

test('a read sees what was written, while the log is the queue', async () => {
  const { start, consume, store, clock } = newShop([['lamp', 20]]);
  const { cache } = start();
  await clock.until(cache.set('lamp', 25));
  await clock.until(cache.delete('sofa'));
  await clock.advance(60_000);
  expect(await cache.get('lamp')).toBe(25);
  expect(store.peek('lamp')).toBe(20);
  expect(cache.status('lamp')).toBe('writing');

  await consume();
  await clock.advance(1000);
  expect(store.peek('lamp')).toBe(25);
  expect(cache.status('lamp')).toBe('clean');
});

test('what the consumer has not stored is never evicted', async () => {
  const { start, consume, clock } = newShop([['lamp', 20]]);
  const { cache } = start({ maxEntries: 1 });
  await clock.until(cache.set('lamp', 25));
  await clock.advance(5000);
  for (const key of ['a', 'b', 'c']) await clock.until(cache.get(key));
  expect(await cache.get('lamp')).toBe(25);
  await consume();
  await clock.advance(1000);
  expect(cache.status('lamp')).toBe('clean');
});

test('the next process reads what the last one left on the log', async () => {
  const { start, consume, clock, log } = newShop([['lamp', 20]]);
  const { cache: dying } = start();
  await clock.until(dying.set('lamp', 25));
  await clock.until(dying.set('sofa', 400));
  await clock.until(dying.delete('lamp'));
  const { cache } = start();
  expect(await clock.until(cache.get('lamp'))).toBeUndefined();
  expect(await clock.until(cache.get('sofa'))).toBe(400);
  await consume();
  await clock.until(cache.flush());
  expect(log.unacknowledged()).toEqual([]);
});

test('the next process goes on above the versions of the last', async () => {
  const { start, consume, clock, store, log } = newShop();
  await clock.advance(60_000);
  const { cache: dying } = start();
  await clock.until(dying.set('lamp', 25));
  await consume();
  await clock.until(dying.flush());
  expect(log.unacknowledged()).toEqual([]);
  expect(await start().queue.journal.replay()).toEqual([]);

  // Its clock is behind that of the last.
  const { cache } = start({ clock: new VirtualClock() });
  await clock.until(cache.set('lamp', 30));
  await clock.advance(1000);
  expect(store.peek('lamp')).toBe(30);
});

test('flush resolves when the consumer is past, and not before', async () => {
  const { start, consume, clock, store } = newShop();
  const { cache } = start();
  await clock.until(cache.set('lamp', 25));
  let isFlushed = false;
  const flushed = cache.flush().then(() => {
    isFlushed = true;
  });
  await clock.advance(60_000);
  expect(isFlushed).toBe(false);
  await consume();
  await clock.until(flushed);
  expect(store.peek('lamp')).toBe(25);
});

test('a log that does not answer is asked again', async () => {
  const { start, consume, clock, log } = newShop();
  const { cache, errors } = start();
  await clock.until(cache.set('lamp', 25));
  await consume();
  await clock.advance(0);
  log.failNext(new Error('no leader'), new Error('no leader still'));
  await clock.until(cache.flush());
  expect(errors).toEqual(['Error: no leader', 'Error: no leader still']);
});

test('a write that the log does not confirm is not acknowledged', async () => {
  const { start, clock, log } = newShop([['lamp', 20]]);
  const { cache } = start();
  await clock.until(cache.get('lamp'));
  log.failNext(new Error('the log is full'));
  await expect(cache.set('lamp', 25)).rejects.toThrow('the log is full');
  expect(await cache.get('lamp')).toBe(20);
});

test('a value that JSON does not have is refused, and not turned into another', async () => {
  const { start, clock, log } = newShop();
  const { cache } = start();
  await clock.until(cache.get('lamp'));
  await expect(cache.set('lamp', undefined as never)).rejects.toThrow('JSON');
  expect(log.messages()).toEqual([]);
});

test('a message of somebody else does not keep it from starting', async () => {
  const { start, clock, log } = newShop([['lamp', 20]]);
  await log.publish({ key: 'lamp', body: new Uint8Array([1]), headers: {} });
  const { cache } = start();
  expect(await clock.until(cache.get('lamp'))).toBe(20);
});

test('without its journal, nothing is said to be stored', async () => {
  const { queue } = newShop().start();
  const operation = { type: 'delete', key: 'lamp', version: 1 } as const;
  await expect(queue.store.write([operation])).rejects.toThrow('journal');
});

function newShop(rows: readonly [string, number][] = []) {
  const clock = new VirtualClock();
  const log = new InMemoryLog();
  const store = new InMemoryStore<string, number>({ rows, clock });
  const start = (
    options: {
      readonly clock?: VirtualClock;
      readonly maxEntries?: number;
    } = {},
  ) => {
    const errors: string[] = [];
    const queue = new LogQueue<number>({
      ...{ log, rows: store, clock },
      onError: (error) => errors.push(String(error)),
    });
    const { store: queued, journal } = queue;
    const cache = new WriteBehindCache<string, number>({
      ...{ store: queued, journal, clock, ...options },
    });
    return { cache, queue, errors };
  };
  const consume = () =>
    log.consume(
      (partition) =>
        new PartitionWriter<number>(partition, {
          ...{ store, clock, operationOf },
          onError: () => {},
          setAside: async () => {},
        }),
    );
  return { clock, log, store, start, consume };
}
