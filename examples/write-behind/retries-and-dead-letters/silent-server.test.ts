/** What the real `pg` makes of a server that is silent or goes away. */
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { errorKind } from './error-kind.ts';

const servers: net.Server[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const server of servers.splice(0)) server.close();
});

/** It does with what it is sent as it is told, and nothing else. */
async function serve(answer: (socket: Socket) => void = () => {}) {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => answer(socket));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return `postgres://linh@127.0.0.1:${port}/none`;
}

/** In, and ready for queries. */
const welcome = Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I');

function welcomeOnce(then: (socket: Socket) => void) {
  let answer = (socket: Socket) => {
    socket.write(welcome);
    answer = then;
  };
  return (socket: Socket) => answer(socket);
}

async function connected(then: (socket: Socket) => void, config = {}) {
  const connectionString = await serve(welcomeOnce(then));
  const client = new pg.Client({ connectionString, ...config });
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => expect.fail('it was answered'),
    (error: unknown) => error,
  );
}

async function expectTemporary(attempt: Promise<unknown>, message: string) {
  const failure = await failureOf(attempt);
  expect(failure).toMatchObject({ message });
  expect(failure).not.toHaveProperty('code');
  expect(errorKind(failure)).toBe('temporary');
}

test('a connection that is never answered passes', async () => {
  const config = { connectionString: await serve() };
  const connectionTimeoutMillis = 10;
  const client = new pg.Client({ ...config, connectionTimeoutMillis });
  await expectTemporary(client.connect(), 'timeout expired');
  const pool = new pg.Pool({ ...config, connectionTimeoutMillis });
  await expectTemporary(
    pool.query('SELECT 1'),
    'Connection terminated due to connection timeout',
  );
  await pool.end();
});

test('a pool that has no connection left passes', async () => {
  const connectionString = await serve(welcomeOnce(() => {}));
  const config = { connectionString, max: 1, connectionTimeoutMillis: 1000 };
  const pool = new pg.Pool(config);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const client = await pool.connect();
  const attempt = expectTemporary(
    pool.query('SELECT 1'),
    'timeout exceeded when trying to connect',
  );
  vi.advanceTimersByTime(1000);
  await attempt;
  client.release(true);
  await pool.end();
});

test('a query that is never answered passes', async () => {
  const client = await connected(() => {}, { query_timeout: 10 });
  await expectTemporary(client.query('SELECT 1'), 'Query read timeout');
  client.connection.stream.destroy();
});

test('a connection that is closed instead of an answer passes, and so does what is asked of it after', async () => {
  const client = await connected((socket) => socket.end());
  await expectTemporary(
    client.query('SELECT 1'),
    'Connection terminated unexpectedly',
  );
  await expectTemporary(
    client.query('SELECT 1'),
    'Client has encountered a connection error and is not queryable',
  );
});

test('a server that cannot begin to encrypt passes', async () => {
  const connectionString = await serve((socket) => socket.write('E'));
  const client = new pg.Client({ connectionString, ssl: true });
  await expectTemporary(
    client.connect(),
    'There was an error establishing an SSL connection',
  );
});

test('what is asked of a client that is closed passes', async () => {
  const client = await connected((socket) => socket.end());
  await client.end();
  await expectTemporary(
    client.query('SELECT 1'),
    'Client was closed and is not queryable',
  );
});

test('what is on its way when the client is closed passes', async () => {
  const client = await connected((socket) => socket.end());
  const attempt = expectTemporary(
    client.query('SELECT 1'),
    'Connection terminated',
  );
  await client.end();
  await attempt;
});
