/** The log as a topic of Kafka, read by a consumer group. */
import { randomUUID } from 'node:crypto';
import type {
  Admin,
  Consumer,
  EachBatchPayload,
  IHeaders,
  Kafka,
  KafkaMessage,
  Producer,
} from 'kafkajs';
import {
  expectDelay,
  expectName,
  expectSize,
} from '../../shared/expect-option.ts';
import { PermanentError } from '../retries-and-dead-letters/error-kind.ts';
import type {
  Consumption,
  EventLog,
  LoggedMessage,
  Message,
  OpenReader,
  PartitionReader,
  Place,
} from './event-log.ts';

// #region options
export interface KafkaLogOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  /** The consumer group, whose offsets outlive its processes. */
  readonly group: string;
  /** Told why messages do not come any more. */
  readonly onError: (error: unknown) => void;
  /** Milliseconds until another process gets what a dead one had: 30,000. */
  readonly sessionTimeoutMs?: number;
}
// #endregion options

export class KafkaLog implements EventLog {
  readonly #settings: Required<KafkaLogOptions>;
  readonly #producer: Producer;
  readonly #admin: Admin;

  static async open(options: KafkaLogOptions): Promise<KafkaLog> {
    const settings = { sessionTimeoutMs: 30_000, ...options };
    expectName('topic', settings.topic);
    expectName('group', settings.group);
    expectDelay('sessionTimeoutMs', settings.sessionTimeoutMs);
    expectSize('sessionTimeoutMs', settings.sessionTimeoutMs);
    const log = new KafkaLog(settings);
    await Promise.all([log.#producer.connect(), log.#admin.connect()]);
    return log;
  }

  private constructor(settings: Required<KafkaLogOptions>) {
    this.#settings = settings;
    this.#producer = settings.kafka.producer();
    this.#admin = settings.kafka.admin();
  }

  // #region publish
  async publish({ key, body, headers }: Message): Promise<Place> {
    const { topic } = this.#settings;
    const messages = [{ key, value: Buffer.from(body), headers }];
    // All replicas that are in sync have it.
    const sending = this.#producer.send({ topic, messages, acks: -1 });
    const [sent] = await sending.catch(refuse);
    if (sent?.baseOffset === undefined) {
      throw new Error(`expected where in ${topic} it is, and got nothing`);
    }
    const { partition, baseOffset } = sent;
    return { partition, position: Number(baseOffset) };
  }
  // #endregion publish

  // #region consume
  async consume(open: OpenReader): Promise<Consumption> {
    const { group, topic, onError } = this.#settings;
    const consumer = this.#consumer(group);
    const readers = new Map<number, PartitionReader>();
    const leave = () => {
      const left = [...readers.values()];
      readers.clear();
      return Promise.all(left.map((reader) => reader.stop()));
    };
    // Whoever joins begins anew, at the offsets that are committed.
    consumer.on('consumer.rebalancing', () => void leave());
    consumer.on('consumer.group_join', () => void leave());
    consumer.on('consumer.crash', ({ payload }) => onError(payload.error));

    const readerOf = (id: number): PartitionReader => {
      const known = readers.get(id);
      if (known !== undefined) return known;
      const acknowledge = async (position: number) => {
        // Whoever reads it now acknowledges it.
        if (readers.get(id) !== reader) return;
        // An offset is that of the next message to read.
        const offset = String(position + 1);
        await consumer.commitOffsets([{ topic, partition: id, offset }]);
      };
      const reader = open({ id, acknowledge });
      readers.set(id, reader);
      return reader;
    };

    let isStopping = false;
    const eachBatch = async ({ batch, pause }: EachBatchPayload) => {
      if (isStopping) return;
      const { partition, messages } = batch;
      const room = readerOf(partition).read(
        messages.map((message) => logged(message, partition)),
      );
      // To wait here would hold up the other partitions, and the heartbeat.
      const resume = pause();
      room.then(resume, onError);
    };
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatch });
    const stop = async () => {
      isStopping = true;
      await Promise.all([...readers.values()].map((reader) => reader.stop()));
      await consumer.disconnect();
    };
    return { stop };
  }
  // #endregion consume

  // #region progress
  async acknowledged(): Promise<ReadonlyMap<number, number>> {
    const { group, topic } = this.#settings;
    const query = { groupId: group, topics: [topic] };
    const [found] = await this.#admin.fetchOffsets(query);
    const partitions = found?.partitions ?? [];
    return new Map(
      partitions
        .filter(({ offset }) => Number(offset) >= 0)
        .map(({ partition, offset }) => [partition, Number(offset) - 1]),
    );
  }
  // #endregion progress

  // #region tail
  async tail(): Promise<readonly LoggedMessage[]> {
    const { group, topic } = this.#settings;
    const acknowledged = await this.acknowledged();
    const ends = await this.#admin.fetchTopicOffsets(topic);
    const left = new Map<number, { first: number; last: number }>();
    for (const { partition, low, high } of ends) {
      const [begin, last] = [Number(low), Number(high) - 1];
      const next = (acknowledged.get(partition) ?? begin - 1) + 1;
      const first = Math.max(begin, Math.min(next, last));
      if (first <= last) left.set(partition, { first, last });
    }
    if (left.size === 0) return [];
    // It takes a group of its own to read from anywhere. The last message must
    // be one: a topic with transactions may end with a marker.
    const consumer = this.#consumer(`${group}-tail-${randomUUID()}`);
    const messages: LoggedMessage[] = [];
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await new Promise<void>((resolve, reject) => {
        consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
        const eachBatch = async ({ batch }: EachBatchPayload) => {
          const { partition } = batch;
          const wanted = left.get(partition);
          if (wanted === undefined) return;
          for (const message of batch.messages) {
            const offset = Number(message.offset);
            if (offset < wanted.first || offset > wanted.last) continue;
            wanted.first = offset + 1;
            messages.push(logged(message, partition));
          }
          if (Number(batch.lastOffset()) >= wanted.last) left.delete(partition);
          if (left.size === 0) resolve();
        };
        consumer.run({ autoCommit: false, eachBatch }).catch(reject);
        for (const [partition, { first }] of left) {
          consumer.seek({ topic, partition, offset: String(first) });
        }
      });
    } finally {
      await consumer.disconnect();
    }
    return messages;
  }
  // #endregion tail

  async close(): Promise<void> {
    await Promise.all([this.#producer.disconnect(), this.#admin.disconnect()]);
  }

  #consumer(groupId: string): Consumer {
    const { kafka, sessionTimeoutMs } = this.#settings;
    return kafka.consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: sessionTimeoutMs / 10,
      // There is no heartbeat while it waits for messages.
      maxWaitTimeInMs: sessionTimeoutMs / 10,
    });
  }
}

/** What is too large is so the next time too. */
function refuse(error: unknown): never {
  const type = error instanceof Error && 'type' in error ? error.type : '';
  if (type !== 'MESSAGE_TOO_LARGE' && type !== 'RECORD_LIST_TOO_LARGE') {
    throw error;
  }
  throw new PermanentError(String(error), { cause: error });
}

function logged(message: KafkaMessage, partition: number): LoggedMessage {
  const { key, value, headers, offset } = message;
  return {
    key: key?.toString() ?? '',
    body: value ?? new Uint8Array(),
    headers: textOf(headers ?? {}),
    ...{ partition, position: Number(offset) },
  };
}

function textOf(headers: IHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value)]),
  );
}
