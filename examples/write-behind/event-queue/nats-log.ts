/** The log as a stream of NATS JetStream, with one durable consumer. */
import {
  AckPolicy,
  type ConsumerMessages,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream';
import {
  InvalidArgumentError,
  type NatsConnection,
  nanos,
  headers as newHeaders,
} from '@nats-io/transport-node';
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
  Place,
} from './event-log.ts';

// #region options
export interface NatsLogOptions {
  readonly connection: NatsConnection;
  /** The name of the stream, and of its subject. Made where there is none. */
  readonly stream: string;
  /** The durable consumer, whose acknowledgements outlive its processes. */
  readonly consumer: string;
  /** Milliseconds that a stream made here keeps a message, stored or not. */
  readonly maxAgeMs: number;
  /** Told why messages do not come any more. */
  readonly onError: (error: unknown) => void;
  /** Milliseconds until another process gets what a dead one had: 30,000. */
  readonly ackWaitMs?: number;
  /** Messages delivered and not acknowledged. Default: 1000. */
  readonly maxUnacknowledged?: number;
}
// #endregion options

/** A stream is a single partition. */
const partition = 0;

export class NatsLog implements EventLog {
  readonly #manager: JetStreamManager;
  readonly #client: JetStreamClient;
  readonly #settings: Required<NatsLogOptions>;

  static async open(options: NatsLogOptions): Promise<NatsLog> {
    const settings = { ackWaitMs: 30_000, maxUnacknowledged: 1000, ...options };
    const { connection, stream, consumer } = settings;
    expectName('stream', stream);
    expectName('consumer', consumer);
    expectSize('maxAgeMs', settings.maxAgeMs);
    expectDelay('ackWaitMs', settings.ackWaitMs);
    expectSize('ackWaitMs', settings.ackWaitMs);
    expectSize('maxUnacknowledged', settings.maxUnacknowledged);
    const manager = await jetstreamManager(connection);
    if (!(await streamNames(manager)).includes(stream)) {
      // A full stream refuses: by default it would drop what nobody has read.
      const discard = DiscardPolicy.New;
      const max_age = nanos(settings.maxAgeMs);
      const names = { name: stream, subjects: [stream] };
      await manager.streams.add({ ...names, discard, max_age });
    }
    // #region consumer
    await manager.consumers.add(stream, {
      durable_name: consumer,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(settings.ackWaitMs),
      max_ack_pending: settings.maxUnacknowledged,
      max_deliver: -1,
    });
    // #endregion consumer
    return new NatsLog(manager, jetstream(connection), settings);
  }

  private constructor(
    manager: JetStreamManager,
    client: JetStreamClient,
    settings: Required<NatsLogOptions>,
  ) {
    this.#manager = manager;
    this.#client = client;
    this.#settings = settings;
  }

  // #region publish
  async publish({ key, body, headers }: Message): Promise<Place> {
    const { stream } = this.#settings;
    const sent = newHeaders();
    for (const [name, value] of Object.entries(headers)) {
      // Whoever sets a message aside must not repeat its orders to the server.
      if (!/^nats-/i.test(name)) sent.set(name, value);
    }
    sent.set('key', encodeURIComponent(key));
    const options = { headers: sent };
    const sending = this.#client.publish(stream, body, options);
    const { seq } = await sending.catch(refuse);
    return { partition, position: seq };
  }
  // #endregion publish

  // #region consume
  async consume(open: OpenReader): Promise<Consumption> {
    const { stream, consumer: name, ackWaitMs, onError } = this.#settings;
    // What the reader has, and what waits until that has room.
    const held = new Map<number, JsMsg>();
    const waiting = new Set<JsMsg>();
    const consumer = await this.#client.consumers.get(stream, name);
    const messages = await consumer.consume();
    const reader = open({
      id: partition,
      acknowledge: (position) => acknowledge(held, position),
    });
    let isStopping = false;
    // As long as this process lives, nobody else needs to have them.
    const beat = setInterval(() => {
      for (const message of [...held.values(), ...waiting]) message.working();
    }, ackWaitMs / 3);
    const readAll = async () => {
      let room = Promise.resolve();
      for await (const message of messages) {
        waiting.add(message);
        room = room.then(() => {
          waiting.delete(message);
          held.set(message.seq, message);
          return reader.read([logged(message)]);
        });
      }
      await room;
      if (!isStopping) throw new Error(`${stream}: the connection is closed`);
    };
    const reading = readAll().catch((error) => {
      clearInterval(beat);
      onError(error);
    });
    const watching = watch(messages, (what) => {
      onError(new Error(`${stream}: ${what}`));
    });
    const stop = async () => {
      isStopping = true;
      messages.stop();
      await reader.stop();
      await Promise.all([reading, watching]);
      clearInterval(beat);
    };
    return { stop };
  }
  // #endregion consume

  // #region progress
  /** The server keeps what is done before the first that is not. */
  async acknowledged(): Promise<ReadonlyMap<number, number>> {
    const { stream, consumer } = this.#settings;
    const info = await this.#manager.consumers.info(stream, consumer);
    return new Map([[partition, info.ack_floor.stream_seq]]);
  }
  // #endregion progress

  // #region tail
  async tail(): Promise<readonly LoggedMessage[]> {
    const { stream } = this.#settings;
    const floor = (await this.acknowledged()).get(partition) ?? 0;
    const { state } = await this.#manager.streams.info(stream);
    if (state.messages === 0) return [];
    const first = Math.min(floor + 1, state.last_seq);
    const reader = await this.#manager.consumers.add(stream, {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: Math.max(first, state.first_seq),
      mem_storage: true,
      inactive_threshold: nanos(60_000),
    });
    if (reader.num_pending === 0) return [];
    const consumer = await this.#client.consumers.get(stream, reader.name);
    const messages: LoggedMessage[] = [];
    for await (const message of await consumer.consume()) {
      messages.push(logged(message));
      // The last one may have been deleted by hand.
      const isLast = message.info.pending === 0;
      if (isLast || message.seq >= state.last_seq) break;
    }
    await consumer.delete();
    return messages;
  }
  // #endregion tail
}

/** Of a message, for its stream: `JSStreamMessageExceedsMaximumErr`. */
const exceedsMaximum = 10_054;

/** What is too large for the server or the stream is so the next time too. */
function refuse(error: unknown): never {
  const isTooLarge =
    error instanceof InvalidArgumentError ||
    (error instanceof JetStreamApiError && error.code === exceedsMaximum);
  if (!isTooLarge) throw error;
  throw new PermanentError(String(error), { cause: error });
}

/** One by one, so that what another process has is left to it. */
// #region acknowledge
async function acknowledge(
  held: Map<number, JsMsg>,
  position: number,
): Promise<void> {
  const done = [...held.values()].filter(({ seq }) => seq <= position);
  for (const { seq } of done) held.delete(seq);
  // What the server does not hear of is delivered again.
  await Promise.all(done.map((message) => message.ackAck()));
}
// #endregion acknowledge

/** It asks on and on for a consumer that is gone, and somebody has to know. */
async function watch(
  messages: ConsumerMessages,
  tell: (what: string) => void,
): Promise<void> {
  for await (const { type } of messages.status()) {
    if (gone.has(type)) tell(type);
  }
}

const gone: ReadonlySet<string> = new Set([
  'consumer_deleted',
  'consumer_not_found',
  'stream_not_found',
]);

function logged(message: JsMsg): LoggedMessage {
  const { seq, data } = message;
  const { key = '', ...others } = headersOf(message);
  const place = { partition, position: seq };
  return { key: decoded(key), body: data, headers: others, ...place };
}

/** Others may publish here, and break the rules for headers: it has none. */
function headersOf(message: JsMsg): Record<string, string> {
  try {
    const { headers } = message;
    return Object.fromEntries(
      (headers?.keys() ?? []).map((name) => [name, headers?.get(name) ?? '']),
    );
  } catch {
    return {};
  }
}

/** And encode nothing. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

async function streamNames(manager: JetStreamManager): Promise<string[]> {
  const names: string[] = [];
  for await (const name of manager.streams.names()) names.push(name);
  return names;
}
