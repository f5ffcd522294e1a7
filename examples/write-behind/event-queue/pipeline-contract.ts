/** The cache, a log and a consumer together, as a test. */
import { expect } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { setAsideOn } from './dead-letter.ts';
import type { ConcurrentTest, OpenLog } from './log-contract.ts';
import { LogQueue } from './log-queue.ts';
import { operationOf } from './operation-message.ts';
import { PartitionWriter } from './partition-writer.ts';

export function testPipeline(run: ConcurrentTest, open: OpenLog): void {
  run(
    'what is written is read at once, stored later, and poison is aside',
    async () => {
      const { log, close } = await open('pipeline');
      const letters = await open('pipeline-aside');
      const rows = new InMemoryStore<string, number>();
      const onError = (error: unknown) => expect.fail(String(error));
      const queue = new LogQueue<number>({ log, rows, onError, lookMs: 20 });
      const cache = new WriteBehindCache<string, number>({
        ...{ store: queue.store, journal: queue.journal },
      });

      await cache.set('sensor 1', 20.1);
      const foreign = {
        key: 'sensor 1',
        body: new TextEncoder().encode('<reading/>'),
        headers: { by: 'somebody else', 'Nats-Expected-Stream': 'another' },
      };
      const { partition, position } = await log.publish(foreign);
      await cache.set('sensor 1', 21.7);
      await cache.set('sensor 2', 19.5);
      expect(rows.entries()).toEqual([]);
      expect(await cache.get('sensor 1')).toBe(21.7);

      const consumption = await log.consume(
        (assigned) =>
          new PartitionWriter<number>(assigned, {
            ...{ store: rows, operationOf, onError },
            setAside: (message, error) =>
              setAsideOn(letters.log, message, error),
          }),
      );
      await cache.flush();
      expect(new Map(rows.entries())).toEqual(
        new Map([
          ['sensor 1', 21.7],
          ['sensor 2', 19.5],
        ]),
      );
      // Whatever is flushed is acknowledged, and the poison is among it.
      const [letter] = await letters.log.tail();
      expect(letter).toMatchObject({
        key: 'sensor 1',
        headers: {
          by: 'somebody else',
          'dead-letter-reason': expect.stringContaining('a whole number'),
          'dead-letter-partition': String(partition),
          'dead-letter-position': String(position),
        },
      });
      expect(new TextDecoder().decode(letter?.body)).toBe('<reading/>');

      await consumption.stop();
      await cache.close();
      await letters.close();
      await close();
    },
  );
}
