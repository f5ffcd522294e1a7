import { Kafka, logLevel } from 'kafkajs';
import { expect, test } from 'vitest';
import { findCommand } from './command.ts';
import { startKafkaMock } from './kafka-mock.ts';

test.skipIf(findCommand('kcat') === undefined)(
  "kcat: librdkafka's mock broker takes messages and hands them out",
  async () => {
    await using mock = await startKafkaMock();
    const kafka = new Kafka({
      brokers: [mock.url],
      logLevel: logLevel.NOTHING,
    });
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: 'writes', messages: [{ value: 'one' }] });
    await producer.disconnect();
    const consumer = kafka.consumer({ groupId: 'store' });
    await consumer.connect();
    await consumer.subscribe({ topic: 'writes', fromBeginning: true });
    const value = await new Promise((resolve) => {
      void consumer.run({
        eachMessage: async ({ message }) => resolve(String(message.value)),
      });
    });
    expect(value).toBe('one');
    await consumer.disconnect();
  },
);
