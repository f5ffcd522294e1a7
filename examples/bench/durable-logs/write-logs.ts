import path from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { createClient } from 'redis';
import { Guard } from '../../services/guard.ts';
import { startNats } from '../../services/nats.ts';
import { type RedisOptions, startRedis } from '../../services/redis.ts';
import { SqliteJournal } from '../../write-behind/durable-queue/sqlite-journal.ts';
import { noteSqlite } from '../harness/note-sqlite.ts';

/** Somewhere to put a write, behind what it was told before. */
export interface WriteLog {
  /** Resolves with the acknowledgement. */
  append(): Promise<unknown>;
  /** Forgets all that was appended. */
  clear(): Promise<unknown>;
  close(): Promise<unknown>;
}

const session = { user: 4711, page: '/checkout', items: [17, 23, 42] };
const body = JSON.stringify(session);

/** Acknowledges after a commit, whose fsync is shared by those who wait. */
export async function sqlite(): Promise<WriteLog> {
  const guard = await Guard.open();
  const file = path.join(guard.directory, 'writes.journal');
  noteSqlite();
  const journal = await SqliteJournal.open<object>({ file });
  const key = 'session:4711';
  let version = 0;
  return {
    append() {
      version += 1;
      return journal.append({ type: 'set', key, value: session, version });
    },
    clear: () => journal.settle([{ key, version }]),
    async close() {
      await journal.close();
      await guard.close();
    },
  };
}

export async function redisStream(options: RedisOptions): Promise<WriteLog> {
  const server = await startRedis(options);
  const client = createClient({ url: server.url });
  await client.connect();
  return {
    append: () => client.xAdd('writes', '*', { key: 'session:4711', body }),
    clear: () => client.del('writes'),
    async close() {
      await client.close();
      await server.stop();
    },
  };
}

/** On one node, whose acknowledgement waits for no disk. */
export async function jetStream(): Promise<WriteLog> {
  const server = await startNats();
  const connection = await connect({ servers: server.url });
  const { streams } = await jetstreamManager(connection);
  await streams.add({ name: 'writes', subjects: ['writes'] });
  const client = jetstream(connection);
  return {
    append: () => client.publish('writes', body),
    clear: () => streams.purge('writes'),
    async close() {
      await connection.close();
      await server.stop();
    },
  };
}
