/** What happens to a consumer when its server, or its stream, lets it down. */
import net from 'node:net';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection, nanos } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { startNats } from '../../services/nats.ts';
import type { Server } from '../../services/server.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { setAsideOn } from './dead-letter.ts';
import type { LoggedMessage, Partition } from './event-log.ts';
import { NatsLog } from './nats-log.ts';
import { operationOf } from './operation-message.ts';
import { PartitionWriter } from './partition-writer.ts';

const hasServer = findCommand('nats-server') !== undefined;
const maxAgeMs = 86_400_000;

test.each(['stream', 'consumer'])(
  'an empty %s is refused, before the connection is asked for anything',
  async (name) => {
    const connection = {} as NatsConnection;
    const names = { stream: 'readings', consumer: 'store', [name]: '' };
    const settings = { connection, ...names, maxAgeMs, onError: () => {} };
    await expect(NatsLog.open(settings)).rejects.toThrow(
      new RangeError(`${name}: expected a name, got ''`),
    );
  },
);

describe.skipIf(!hasServer)('nats-server:', () => {
  let server: Server;
  let connection: NatsConnection;

  beforeEach(async () => {
    server = await startNats();
    const forEver = { maxReconnectAttempts: -1, reconnectTimeWait: 20 };
    connection = await connect({ servers: server.url, ...forEver });
  });

  afterEach(async () => {
    vi.useRealTimers();
    await connection?.close();
    await server?.stop();
  });

  const open = async (ackWaitMs = 60_000) => {
    const names = { stream: 'readings', consumer: 'store' };
    let tell: (error: unknown) => void = () => {};
    const told = new Promise((resolve) => {
      tell = resolve;
    });
    const settings = {
      ...{ connection, ...names, maxAgeMs, ackWaitMs },
      onError: tell,
    };
    const log = await NatsLog.open(settings);
    return { log, told };
  };

  const publish = async (log: NatsLog, ...texts: string[]) => {
    for (const text of texts) {
      await log.publish({ key: 'hot', body: Buffer.from(text), headers: {} });
    }
  };

  test.each([Number.NaN, 0, 2 ** 31])(
    'there is no waiting %s ms for an acknowledgement',
    async (ackWaitMs) => {
      await expect(open(ackWaitMs)).rejects.toThrow('ackWaitMs: expected');
    },
  );

  test('a stream keeps nothing for longer than it is told to', async () => {
    await open();
    const manager = await jetstreamManager(connection);
    const { config } = await manager.streams.info('readings');
    expect(config.max_age).toBe(nanos(maxAgeMs));
    const names = { stream: 'letters', consumer: 'store' };
    const settings = { connection, ...names, onError: () => {} };
    const opening = NatsLog.open({ ...settings, maxAgeMs: 0 });
    await expect(opening).rejects.toThrow('maxAgeMs: expected');
  });

  test('a consumer goes on when the server was killed, and what comes again ends acknowledged', async () => {
    const { log } = await open(500);
    const reader = new Reader();
    const consumption = await log.consume(reader.open);
    await publish(log, '1', '2');
    await reader.has('2');
    await reader.partition?.acknowledge(1);
    const isBack = back(connection);
    await server.kill();
    await server.restart();
    await isBack;
    // Acknowledgements may be lost, but no messages.
    const allDone = new Promise<void>((resolve) => {
      reader.onRead = async (position) => {
        await reader.partition?.acknowledge(position);
        if ((await log.acknowledged()).get(0) === 3) resolve();
      };
    });
    await publish(log, '3');
    await allDone;
    expect(new Set(reader.texts)).toEqual(new Set(['1', '2', '3']));
    await consumption.stop();
  });

  test('more time is asked for what waits for room, and none of it is acknowledged', async () => {
    const { log } = await open(30);
    const acknowledgements = connection.subscribe('$JS.ACK.readings.store.>');
    const reader = new Reader();
    const letIn = reader.holdUp();
    const consumption = await log.consume(reader.open);
    await publish(log, '1', '2');
    const asked = new Set<string | undefined>();
    for await (const { data, subject } of acknowledgements) {
      if (String(Buffer.from(data)) !== '+WPI') continue;
      const [sequence] = subject.split('.').slice(-4);
      asked.add(sequence);
      if (asked.has('1') && asked.has('2')) break;
    }
    expect(reader.texts).toEqual(['1']);
    // Up to what was read, wherever else that may be.
    await reader.partition?.acknowledge(2);
    expect(await log.acknowledged()).toEqual(new Map([[0, 1]]));
    letIn();
    await reader.has('2');
    await consumption.stop();
  });

  test('where the connection is closed, somebody hears of it, and nothing goes on', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { log, told } = await open();
    const reader = new Reader();
    const consumption = await log.consume(reader.open);
    await publish(log, '1');
    await reader.has('1');
    await connection.close();
    expect(await told).toEqual(new Error('readings: the connection is closed'));
    expect(vi.getTimerCount()).toBe(0);
    await consumption.stop();
  });

  test('where its consumer is deleted, somebody hears of it', async () => {
    const { log, told } = await open();
    const reader = new Reader();
    const consumption = await log.consume(reader.open);
    await publish(log, '1');
    await reader.has('1');
    const manager = await jetstreamManager(connection);
    await manager.consumers.delete('readings', 'store');
    expect(await told).toEqual(new Error('readings: consumer_deleted'));
    await consumption.stop();
  });

  test('a message that the server takes at no time is refused for good', async () => {
    const { log } = await open();
    const most = connection.info?.max_payload ?? 0;
    const body = new Uint8Array(most + 1);
    const message = { key: 'hot', body, headers: {} };
    await expect(log.publish(message)).rejects.toMatchObject({
      permanent: true,
      cause: expect.objectContaining({ name: 'InvalidArgumentError' }),
    });
  });

  test('what is too large to be set aside goes without its body, and is done', async () => {
    const { log } = await open();
    const connected = {
      ...{ connection, consumer: 'store', maxAgeMs },
      onError: () => {},
    };
    const letters = await NatsLog.open({ ...connected, stream: 'letters' });
    const manager = await jetstreamManager(connection);
    await manager.streams.update('letters', { max_msg_size: 1000 });
    let tell = () => {};
    const isDone = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const consumption = await log.consume(({ id, acknowledge }) => {
      const told = async (position: number) => {
        await acknowledge(position);
        tell();
      };
      return new PartitionWriter<number>(
        { id, acknowledge: told },
        {
          ...{ store: new InMemoryStore<string, number>(), operationOf },
          setAside: (message, error) => setAsideOn(letters, message, error),
          onError: (error) => expect.fail(String(error)),
        },
      );
    });
    await publish(log, 'x'.repeat(2000));
    await isDone;
    expect(await log.acknowledged()).toEqual(new Map([[0, 1]]));
    const [letter] = await letters.tail();
    expect(letter?.body).toHaveLength(0);
    expect(letter).toMatchObject({
      key: 'hot',
      headers: {
        'dead-letter-body': 'left out: 2000 bytes',
        'dead-letter-position': '1',
      },
    });
    await consumption.stop();
  });

  test('headers that nobody can read hold up nothing', async () => {
    const { log } = await open();
    const reader = new Reader();
    const consumption = await log.consume(reader.open);
    await publishRaw(server.url, 'readings', 'a name: with a space', '1');
    await publish(log, '2');
    await reader.has('2');
    expect(reader.messages[0]).toMatchObject({ key: '', headers: {} });
    expect(reader.texts).toEqual(['1', '2']);
    await consumption.stop();
  });
});

/** Keeps what it reads, and acknowledges nothing. */
class Reader {
  readonly messages: LoggedMessage[] = [];
  partition: Partition | undefined;
  letIn = () => {};
  onRead: (position: number) => Promise<void> = async () => {};
  #room: Promise<void> = Promise.resolve();
  #look = () => {};

  readonly open = (partition: Partition) => {
    this.partition = partition;
    return this;
  };

  get texts(): string[] {
    return this.messages.map(({ body }) => Buffer.from(body).toString());
  }

  /** Returns what ends it. */
  holdUp(): () => void {
    this.#room = new Promise((resolve) => {
      this.letIn = resolve;
    });
    return this.letIn;
  }

  async has(text: string): Promise<void> {
    while (!this.texts.includes(text)) {
      await new Promise<void>((look) => {
        this.#look = look;
      });
    }
  }

  async read(messages: readonly LoggedMessage[]): Promise<void> {
    this.messages.push(...messages);
    this.#look();
    for (const { position } of messages) void this.onRead(position);
    await this.#room;
  }

  async stop(): Promise<void> {
    this.letIn();
  }
}

async function back(connection: NatsConnection): Promise<void> {
  for await (const { type } of connection.status()) {
    if (type === 'reconnect') return;
  }
}

/** Clients check what they send. Others, in other languages, may not. */
async function publishRaw(
  url: string,
  subject: string,
  header: string,
  body: string,
): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  const head = `NATS/1.0\r\n${header}\r\n\r\n`;
  const sizes = `${head.length} ${head.length + body.length}`;
  socket.write('CONNECT {"headers":true,"verbose":false}\r\n');
  socket.write(`HPUB ${subject} ${sizes}\r\n${head}${body}\r\nPING\r\n`);
  for await (const chunk of socket) {
    if (String(chunk).includes('PONG')) break;
  }
}
