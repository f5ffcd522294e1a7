/** Real logs, for tests and demos. */
import { connect } from '@nats-io/transport-node';
import { Kafka, logLevel } from 'kafkajs';
import { KafkaLog } from './kafka-log.ts';
import type { OpenedLog } from './log-contract.ts';
import { NatsLog } from './nats-log.ts';

export type LogKind = 'nats' | 'kafka';

/** So that the dead are missed soon: in production, they have more time. */
const ackWaitMs = 1500;
/** The mock broker lets members wait for 3 seconds until they may begin. */
const sessionTimeoutMs = 4000;

export async function openLog(
  kind: LogKind,
  url: string,
  name: string,
): Promise<OpenedLog> {
  const onError = (error: unknown) => console.error(error);
  if (kind === 'nats') {
    const stream = { stream: name, consumer: 'store', ackWaitMs };
    // #region open
    const forEver = { maxReconnectAttempts: -1 };
    const connection = await connect({ servers: url, ...forEver });
    const settings = { connection, ...stream, maxAgeMs: 30 * 86_400_000 };
    const log = await NatsLog.open({ ...settings, onError });
    // #endregion open
    return { log, close: () => connection.close() };
  }
  const kafka = new Kafka({ brokers: [url], logLevel: logLevel.NOTHING });
  const topic = { kafka, topic: name, group: `${name}-store` };
  const log = await KafkaLog.open({ ...topic, onError, sessionTimeoutMs });
  return { log, close: () => log.close() };
}
