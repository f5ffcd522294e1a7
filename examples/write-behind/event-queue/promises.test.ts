import type { Candidate, Setting } from '../../conformance/candidate.ts';
import { describeConformance } from '../../conformance/conformance.ts';
import { describeSimulation } from '../../simulation/describe-simulation.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { InMemoryLog } from './in-memory-log.ts';
import { LogQueue } from './log-queue.ts';
import { operationOf } from './operation-message.ts';
import { PartitionWriter } from './partition-writer.ts';

/** The cache, the log, and the consumer, all in one process that may die. */
const pipeline: Candidate = {
  name: 'write-behind over a log',
  isDurable: true,
  exempt: { P6: 'one batch at a time: while it takes long, the log grows' },
  create<V>(setting: Setting<V>) {
    const { store, clock, disk, retry, onDeadLetter } = setting;
    const log = disk.open('log', () => new InMemoryLog());
    const onError = () => {};
    const queue = new LogQueue<V>({
      ...{ log, rows: store, onError, clock, lookMs: 1 },
    });
    const cache = new WriteBehindCache<string, V>({
      ...setting,
      // What is on the log need not wait for the store as well.
      whenFull: setting.whenFull === 'reject' ? 'reject' : 'wait',
      store: queue.store,
      journal: queue.journal,
    });
    void log.consume(
      (partition) =>
        new PartitionWriter<V>(partition, {
          ...{ store, clock, onError, operationOf, ...retry },
          maxBatchSize: setting.maxBatchSize,
          async setAside(message, error) {
            const operation = operationOf<V>(message);
            await onDeadLetter({ operation, error });
          },
        }),
    );
    return cache;
  },
};

describeConformance(pipeline);
describeSimulation(
  {
    ...pipeline,
    exempt: {
      ...pipeline.exempt,
      P12: 'who waits for room hears of it at the next look at the log',
    },
  },
  { runs: 200 },
);
