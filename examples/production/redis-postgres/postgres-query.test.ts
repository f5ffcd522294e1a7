import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { errorKind } from '../../write-behind/retries-and-dead-letters/error-kind.ts';
import { openPool } from './open-pool.ts';
import { query } from './postgres-query.ts';

function message(type: string, ...body: readonly (number | string)[]): Buffer {
  const content = Buffer.concat(
    body.map((part) =>
      typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part),
    ),
  );
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type), length, content]);
}

const welcome = message('R', 0, 0, 0, 0);
const ready = message('Z', 'I');
const end = message('E', 'SFATAL\0C57P01\0Mterminated\0', 0);

test('a connection that is cut in the step in which it is there ends no process', async () => {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.end(Buffer.concat([welcome, ready, end]));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const pool = openPool(`postgres://linh@127.0.0.1:${port}/none`);
  const failure = await query(pool, 'SELECT 1').catch((error) => error);
  expect(errorKind(failure)).toBe('temporary');
  await pool.end();
  server.close();
});
