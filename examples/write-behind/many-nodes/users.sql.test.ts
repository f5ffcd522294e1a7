import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres } from '../../services/postgres.ts';
import type { Server } from '../../services/server.ts';
import { Pool } from '../../services/sql.ts';
import { sqlRegion } from '../../shared/sql-region.ts';
import { isPermanent, type Operation } from '../../shared/store.ts';
import { statements } from './nodes.ts';
import { FencedOutError } from './partitioned-store.ts';
import { PostgresStore } from './postgres-store.ts';
import { readStatements } from './read-statements.ts';

let postgres: Server;
let pool: Pool;
let store: PostgresStore<unknown>;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = new Pool(postgres);
  await pool.query(sqlRegion(statements, 'schema'));
  store = new PostgresStore(pool, readStatements(statements));
});

afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

beforeEach(async () => {
  await pool.query('TRUNCATE users, partitions');
});

test('a batch is stored, its deletes as well, with its last version', async () => {
  const { write, position } = await store.claim({ partition: 3, token: 1 });
  expect(position).toBe(0);
  await write([set('linh', 1, 11), set('haruka', 1, 12)]);
  await write([
    { type: 'delete', key: 'linh', version: 13 },
    set('haruka', 2, 14),
  ]);
  expect(await store.read('linh')).toBeUndefined();
  expect(await store.read('haruka')).toBe(2);
  const next = await store.claim({ partition: 3, token: 2 });
  expect(next.position).toBe(14);
});

test('an owner with a lower token is refused, and changes nothing', async () => {
  const past = await store.claim({ partition: 3, token: 1 });
  await past.write([set('linh', 'free', 11)]);
  await store.claim({ partition: 3, token: 5 });
  const late = past.write([set('linh', 'pro', 12), set('haruka', 1, 13)]);
  await expect(late).rejects.toThrow(FencedOutError);
  await expect(late).rejects.toThrow(
    'token 1 is refused, the store has seen 5',
  );
  await expect(
    past.write([{ type: 'delete', key: 'linh', version: 12 }]),
  ).rejects.toThrow(FencedOutError);
  expect(await store.read('linh')).toBe('free');
  expect(await store.read('haruka')).toBeUndefined();
  const next = await store.claim({ partition: 3, token: 6 });
  expect(next.position).toBe(11);
});

test('an attempt that arrives late, or once more, changes nothing, and is no error', async () => {
  const { write } = await store.claim({ partition: 3, token: 1 });
  await write([set('linh', 'free', 11)]);
  await write([set('linh', 'pro', 12)]);
  await write([set('linh', 'free', 11)]);
  await write([{ type: 'delete', key: 'linh', version: 12 }]);
  expect(await store.read('linh')).toBe('pro');
});

test('a delete that waits for an attempt that seemed to fail removes what that inserts', async () => {
  await pool.query(tellOfStatements);
  await using writers = new Pool(postgres);
  const events = new EventEmitter();
  writers.on('connect', (client) => {
    client.on('notice', ({ message }) => events.emit(String(message)));
  });
  const late = new PostgresStore(writers, readStatements(statements));
  const { write } = await late.claim({ partition: 3, token: 1 });
  const holder = await pool.connect();
  await holder.query(`BEGIN; INSERT INTO users VALUES ('linh', '"held"')`);

  // It has the lock of the partition, and waits for the row.
  const inserts = once(events, 'INSERT users');
  const first = write([set('linh', 'free', 11)]);
  await inserts;
  const asks = once(events, 'UPDATE partitions');
  const second = write([{ type: 'delete', key: 'linh', version: 12 }]);
  await asks;
  await holder.query('ROLLBACK');
  holder.release();
  await Promise.all([first, second]);
  expect(await store.read('linh')).toBeUndefined();
  await pool.query('DROP FUNCTION tell_begin CASCADE');
});

test.each([4, 5])('token %d cannot claim where 5 has been', async (token) => {
  await store.claim({ partition: 3, token: 5 });
  await expect(store.claim({ partition: 3, token })).rejects.toMatchObject({
    ...{ name: 'FencedOutError', seen: 5 },
  });
  await store.claim({ partition: 2, token });
});

test('a write and a claim at the same time: the new owner knows of it, or it is refused', async () => {
  for (let round = 1; round <= 20; round += 1) {
    const version = round * 10;
    const owner = await store.claim({ partition: 3, token: 2 * round });
    const [written, claimed] = await Promise.allSettled([
      owner.write([set('linh', round, version)]),
      store.claim({ partition: 3, token: 2 * round + 1 }),
    ]);
    if (claimed.status === 'rejected') throw claimed.reason;
    const isKnown = claimed.value.position === version;
    expect(isKnown).toBe(written.status === 'fulfilled');
    expect((await store.read('linh')) === round).toBe(isKnown);
  }
});

test.each([0, '', false, null, { deep: ['"', '\\', ','] }])(
  '%j is a value like any other',
  async (value) => {
    const { write } = await store.claim({ partition: 3, token: 1 });
    await write([set('linh', value, 11)]);
    expect(await store.read('linh')).toEqual(value);
  },
);

test('what can never be stored says so, and takes its batch along', async () => {
  const { write } = await store.claim({ partition: 3, token: 1 });
  const bad = write([set('haruka', 1, 11), set('linh', '\u0000', 12)]);
  const error = await bad.catch((reason: unknown) => reason);
  expect(isPermanent(error)).toBe(true);
  expect(await store.read('haruka')).toBeUndefined();
  const next = await store.claim({ partition: 3, token: 2 });
  expect(next.position).toBe(0);
});

test('a key that is longer than an index can hold is refused for good', async () => {
  const { write } = await store.claim({ partition: 3, token: 1 });
  const key = randomBytes(6000).toString('base64');
  const error = await write([set(key, 1, 11)]).catch((e: unknown) => e);
  expect(error).toMatchObject({ code: '54000' });
  expect(isPermanent(error)).toBe(true);
});

test('what may succeed another time does not say that it never will', async () => {
  const { write } = await store.claim({ partition: 3, token: 1 });
  await pool.query('ALTER TABLE users RENAME TO away');
  const error = await write([set('linh', 1, 11)]).catch((e: unknown) => e);
  await pool.query('ALTER TABLE away RENAME TO users');
  expect(error).toBeInstanceOf(Error);
  expect(isPermanent(error)).toBe(false);
});

function set(
  key: string,
  value: unknown,
  version: number,
): Operation<string, unknown> {
  return { type: 'set', key, value, version };
}

/** A notice is sent at once, while the statement goes on, or waits. */
const tellOfStatements = `
  CREATE FUNCTION tell_begin() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE NOTICE '% %', TG_OP, TG_TABLE_NAME;
    RETURN NULL;
  END $$;
  CREATE TRIGGER tell_begin BEFORE INSERT ON users
    EXECUTE FUNCTION tell_begin();
  CREATE TRIGGER tell_begin BEFORE UPDATE ON partitions
    EXECUTE FUNCTION tell_begin()`;
