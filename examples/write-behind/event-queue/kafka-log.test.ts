/** Two consumers of a group, on librdkafka's mock broker. */
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { Kafka, KafkaJSProtocolError } from 'kafkajs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { startKafkaMock } from '../../services/kafka-mock.ts';
import type { Server } from '../../services/server.ts';
import type { Operation } from '../../shared/store.ts';
import { errorKind } from '../retries-and-dead-letters/error-kind.ts';
import type { EventLog, Partition, Place } from './event-log.ts';
import { KafkaLog } from './kafka-log.ts';
import { openLog } from './open-log.ts';
import { messageOf, operationOf } from './operation-message.ts';
import { PartitionWriter } from './partition-writer.ts';
import type { PartitionWriterOptions } from './partition-writer-options.ts';

const { CI } = process.env;
const hasKafka = findCommand('kcat') !== undefined;
/** The broker takes its time to move partitions from one to another. */
const isPatient = CI !== undefined;

let server: Server | undefined;

beforeAll(async () => {
  if (hasKafka && isPatient) server = await startKafkaMock();
});

afterAll(() => server?.stop());

test('a session that ends at once is refused, before anybody connects', async () => {
  const kafka = new Kafka({ brokers: ['127.0.0.1:1'] });
  const topic = { kafka, topic: 'readings', group: 'store' };
  const settings = { ...topic, onError: () => {}, sessionTimeoutMs: 0 };
  await expect(KafkaLog.open(settings)).rejects.toThrow(
    'sessionTimeoutMs: expected a whole number above 0, got 0',
  );
});

test.each(['topic', 'group'])(
  'an empty %s is refused, before anybody connects',
  async (name) => {
    const kafka = new Kafka({ brokers: ['127.0.0.1:1'] });
    const names = { topic: 'readings', group: 'store', [name]: '' };
    const settings = { kafka, ...names, onError: () => {} };
    await expect(KafkaLog.open(settings)).rejects.toThrow(
      new RangeError(`${name}: expected a name, got ''`),
    );
  },
);

// The mock broker takes any size.
test.each([
  { type: 'MESSAGE_TOO_LARGE', isPermanent: true },
  { type: 'RECORD_LIST_TOO_LARGE', isPermanent: true },
  { type: 'NOT_ENOUGH_REPLICAS', isPermanent: false },
])('$type: permanent is $isPermanent', async ({ type, isPermanent }) => {
  const kafka = new Kafka({ brokers: ['127.0.0.1:1'] });
  const producer = kafka.producer();
  const admin = kafka.admin();
  const refusal = new KafkaJSProtocolError(new Error(type));
  Object.assign(refusal, { type });
  vi.spyOn(kafka, 'producer').mockReturnValue(producer);
  vi.spyOn(kafka, 'admin').mockReturnValue(admin);
  vi.spyOn(producer, 'connect').mockResolvedValue();
  vi.spyOn(admin, 'connect').mockResolvedValue();
  vi.spyOn(producer, 'send').mockRejectedValue(refusal);
  const names = { topic: 'readings', group: 'store' };
  const log = await KafkaLog.open({ kafka, ...names, onError: () => {} });
  const message = { key: 'hot', body: new Uint8Array(9), headers: {} };
  const error = await log.publish(message).catch((thrown) => thrown);
  expect(errorKind(error) === 'permanent').toBe(isPermanent);
  expect(isPermanent ? error.cause : error).toBe(refusal);
});

test.skipIf(!hasKafka || !isPatient)(
  'kcat: a consumer that joins takes over, and nothing is acknowledged unwritten',
  async () => {
    const name = `shared-${randomUUID()}`;
    const { log, close } = await openLog('kafka', server?.url ?? '', name);
    const ledger = new Ledger(log);
    const sensors = Array.from({ length: 40 }, (_, index) => `sensor ${index}`);
    for (const [index, key] of sensors.entries()) {
      await ledger.publish({ type: 'set', key, value: 1, version: index + 1 });
    }
    const consume = (store: PartitionWriterOptions<number>['store']) =>
      log.consume(
        (partition) =>
          new PartitionWriter<number>(ledger.audited(partition), {
            ...{ store, operationOf, maxBatchSize: 3 },
            setAside: async (_, error) => expect.fail(String(error)),
            // Whoever has lost a partition may be told so when it commits.
            onError: () => {},
          }),
      );

    // It has read more than it has written.
    const events = new EventEmitter();
    const isStuck = once(events, 'stuck');
    const goesOn = once(events, 'go on');
    let batches = 0;
    const first = await consume({
      async write(batch) {
        batches += 1;
        if (batches > 3) {
          events.emit('stuck');
          await goesOn;
        }
        ledger.store(batch);
      },
    });
    await isStuck;
    const hasTakenOver = once(events, 'taken over');
    const second = await consume({
      async write(batch) {
        ledger.store(batch);
        events.emit('taken over');
      },
    });
    await hasTakenOver;
    events.emit('go on');
    for (const [index, key] of sensors.entries()) {
      await ledger.publish({ type: 'set', key, value: 2, version: index + 41 });
    }
    await ledger.isAcknowledged();
    expect(ledger.unwritten).toEqual([]);
    expect(ledger.values()).toEqual(sensors.map(() => 2));
    await Promise.all([first.stop(), second.stop()]);
    await close();
  },
);

/** What is on the log, what is stored of it, and what is acknowledged. */
class Ledger {
  /** Acknowledged and not stored: it would be lost. */
  readonly unwritten: Place[] = [];
  readonly #log: EventLog;
  readonly #published: (Place & { key: string; version: number })[] = [];
  readonly #rows = new Map<string, Operation<string, number>>();
  #look = () => {};

  constructor(log: EventLog) {
    this.#log = log;
  }

  async publish(operation: Operation<string, number>): Promise<void> {
    const place = await this.#log.publish(messageOf(operation));
    const { key, version } = operation;
    this.#published.push({ ...place, key, version });
  }

  store(batch: readonly Operation<string, number>[]): void {
    for (const operation of batch) {
      const { key, version } = operation;
      const known = this.#rows.get(key)?.version ?? 0;
      if (known < version) this.#rows.set(key, operation);
    }
  }

  audited({ id, acknowledge }: Partition): Partition {
    return {
      id,
      acknowledge: async (position) => {
        const passed = this.#published.filter(
          (place) => place.partition === id && place.position <= position,
        );
        for (const place of passed) {
          const stored = this.#rows.get(place.key)?.version ?? 0;
          if (stored < place.version) this.unwritten.push(place);
        }
        await acknowledge(position);
        this.#look();
      },
    };
  }

  /** All of it, and the log says so. */
  async isAcknowledged(): Promise<void> {
    for (;;) {
      const looked = new Promise<void>((look) => {
        this.#look = look;
      });
      const ends = await this.#log.acknowledged();
      const isPast = ({ partition, position }: Place) =>
        (ends.get(partition) ?? -1) >= position;
      if (this.#published.every(isPast)) return;
      await looked;
    }
  }

  values(): unknown[] {
    return [...this.#rows.values()].map(
      (operation) => operation.type === 'set' && operation.value,
    );
  }
}
