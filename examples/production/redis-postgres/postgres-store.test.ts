import fs from 'node:fs/promises';
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  test,
} from 'vitest';
import { startPostgres } from '../../services/postgres.ts';
import type { Server } from '../../services/server.ts';
import { Pool } from '../../services/sql.ts';
import { isPartialWriteError, type Operation } from '../../shared/store.ts';
import { errorKind } from '../../write-behind/retries-and-dead-letters/error-kind.ts';
import { applySchema } from './apply-schema.ts';
import { isolatePoison } from './isolate-poison.ts';
import { ConnectionError, query } from './postgres-query.ts';
import { type Shape, statementsFor } from './postgres-statements.ts';
import { PostgresStore } from './postgres-store.ts';
import { isRowFault } from './row-fault.ts';
import { type Session, sessions } from './sessions.ts';

const folder = 'examples/production/redis-postgres';

let postgres: Server;
let pool: Pool;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = new Pool(postgres, 20);
  await applySchema(pool);
  await pool.query(
    'CREATE TABLE notes (id text PRIMARY KEY, body varchar(9) UNIQUE, updated_at timestamptz, version bigint, deleted boolean)',
  );
});

afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

beforeEach(async () => {
  await pool.query('TRUNCATE user_sessions, notes');
});

const notes: Shape<string | null, { readonly body: string | null }> = {
  table: 'public.notes',
  key: 'id',
  columns: { body: 'varchar' },
  toRow: (body) => ({ body }),
  fromRow: ({ body }) => body,
};

function note(
  key: string,
  value: string | null,
  version = 1,
): Operation<string, string | null> {
  return { type: 'set', key, value, version };
}

function atCart(cart: readonly string[]): Session {
  return {
    page: '/cart',
    cart,
    lastActivity: Date.UTC(2026, 0, 1, 12, 0, 0, 7),
  };
}

describe('a batch', () => {
  test('is one statement, whatever it holds', async () => {
    let statements = 0;
    await using counted = new Pool(postgres, 1);
    counted.on('acquire', () => {
      statements += 1;
    });
    const store = new PostgresStore(counted, sessions);
    await store.write([
      { type: 'set', key: 'minh', value: atCart([]), version: 1 },
    ]);
    statements = 0;
    await store.write([
      { type: 'set', key: 'linh', value: atCart(['lamp', "it's"]), version: 2 },
      { type: 'delete', key: 'minh', version: 3 },
      { type: 'delete', key: 'nobody', version: 4 },
    ]);
    expect(statements).toBe(1);
    expect(await store.read('linh')).toEqual(atCart(['lamp', "it's"]));
    expect(await store.read('minh')).toBeUndefined();
    expect(await store.read('nobody')).toBeUndefined();
  });

  test('changes nothing that is newer, in whatever order batches arrive', async () => {
    const store = new PostgresStore(pool, notes);
    await store.write([
      note('a', 'new', 2),
      { type: 'delete', key: 'b', version: 2 },
    ]);
    await store.write([
      note('a', 'old', 1),
      note('b', 'old', 1),
      note('c', 'c', 1),
    ]);
    expect(await store.find('a')).toEqual({ value: 'new', version: 2 });
    expect(await store.find('b')).toEqual({ value: undefined, version: 2 });
    expect(await store.read('c')).toBe('c');
  });

  test('may come twice', async () => {
    const store = new PostgresStore(pool, notes);
    const batch = [note('a', 'one', 1), note('b', 'two', 2)];
    await store.write(batch);
    const first = await pool.query('SELECT * FROM notes ORDER BY id');
    await store.write(batch);
    const second = await pool.query('SELECT * FROM notes ORDER BY id');
    expect(second.rows).toEqual(first.rows);
  });

  test('has versions as large as the microseconds of the clock', async () => {
    const store = new PostgresStore(pool, notes);
    const version = Date.now() * 1000 + 1;
    await store.write([note('a', 'new', version), note('b', 'b', 1)]);
    await store.write([note('a', 'old', version - 1)]);
    expect(await store.find('a')).toEqual({ value: 'new', version });
  });

  test('of many keys does not block another one of the same keys', async () => {
    const store = new PostgresStore(pool, notes);
    const keys = Array.from({ length: 300 }, (_, index) => `key ${index}`);
    // Two that insert one row at the same time clash in its unique column.
    await store.write(keys.map((key) => note(key, key.slice(4), 0)));
    const batches = Array.from({ length: 10 }, (_, index) => {
      const turned = [...keys.slice(index * 30), ...keys.slice(0, index * 30)];
      return store.write(
        turned.map((key) => note(key, key.slice(4), index + 1)),
      );
    });
    await Promise.all(batches);
    expect(await store.find('key 299')).toEqual({ value: '299', version: 10 });
  });

  test('with a bad row stores nothing by itself, and all others in halves', async () => {
    const store = new PostgresStore(pool, notes);
    const batch = [
      ...Array.from({ length: 20 }, (_, index) =>
        note(`key ${index}`, `${index}`),
      ),
      note('nul', '\u0000'),
      note('long', 'much too long'),
      note('twice', '7'),
    ];
    await expect(store.write(batch)).rejects.toThrow();
    expect(await count()).toBe(0);
    const failure = await isolatePoison(store)
      .write(batch)
      .catch((error: unknown) => error);
    expect(
      isPartialWriteError<string, string>(failure) &&
        failure.failed.map(({ key }) => key),
    ).toEqual(['nul', 'long', 'twice']);
    expect(failure).toMatchObject({
      cause: {
        errors: [{ code: '22P05' }, { code: '22001' }, { code: '23505' }],
      },
    });
    expect(await count()).toBe(20);
  });
});

test('values are values', async () => {
  const store = new PostgresStore(pool, notes);
  await store.write([note('a', null), note('b', '')]);
  expect(await store.find('a')).toEqual({ value: null, version: 1 });
  expect(await store.read('b')).toBe('');
});

test('a value that cannot be written as JSON is a fault of its row', async () => {
  const broken = {
    ...notes,
    toRow: (body: string | null) => ({
      body: body === 'bad' ? (1n as never) : body,
    }),
  };
  const store = isolatePoison(new PostgresStore(pool, broken));
  const bad = note('a', 'bad');
  await expect(store.write([bad, note('b', 'good')])).rejects.toMatchObject({
    failed: [bad],
  });
  expect(await store.read('b')).toBe('good');
});

describe('as a table, for whoever writes through', () => {
  test('it draws the next version of the row', async () => {
    const store = new PostgresStore(pool, sessions);
    expect(await store.find('linh')).toEqual({ value: undefined, version: 0 });
    expect(await store.put('linh', atCart([]))).toEqual({
      value: atCart([]),
      version: 1,
    });
    expect(await store.put('linh', atCart(['lamp']))).toMatchObject({
      version: 2,
    });
    expect(await store.remove('linh')).toEqual({
      value: undefined,
      version: 3,
    });
    expect(await store.find('linh')).toEqual({ value: undefined, version: 3 });
    expect(await store.put('linh', atCart([]))).toMatchObject({ version: 4 });
    expect(await store.remove('nobody')).toMatchObject({ version: 1 });
  });

  test('of those that write at the same time, each has a version of its own', async () => {
    const store = new PostgresStore(pool, notes);
    const rows = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.put('a', `${index}`)),
    );
    const versions = rows.map(({ version }) => version).sort((a, b) => a - b);
    expect(versions).toEqual(rows.map((_, index) => index + 1));
    const last = rows.find(({ version }) => version === 20);
    expect(await store.find('a')).toEqual(last);
  });

  test('it goes on above what was written behind, and the other way round', async () => {
    const store = new PostgresStore(pool, notes);
    await store.write([note('a', 'behind', 1_000)]);
    expect(await store.put('a', 'through')).toMatchObject({ version: 1_001 });
    await store.write([note('a', 'behind', 2_000)]);
    expect(await store.read('a')).toBe('behind');
  });
});

describe('the errors', () => {
  test('of the server come as they are, and cost no connection', async () => {
    await using one = new Pool(postgres, 1);
    const store = new PostgresStore(one, notes);
    const pidOf = async () =>
      (await one.query('SELECT pg_backend_pid() AS pid')).rows[0].pid;
    const pid = await pidOf();
    await expect(store.put('a', 'much too long')).rejects.toMatchObject({
      code: '22001',
    });
    expect(await pidOf()).toBe(pid);
  });

  test('of a connection that is cut say that it may pass, and the next one is new', async () => {
    await using one = new Pool(postgres, 1);
    const store = new PostgresStore(one, notes);
    await pool.query(cutConnection);
    const failure = await store.write([note('a', 'a')]).catch((error) => error);
    await pool.query('DROP TRIGGER cut ON notes');
    expect(errorKind(failure)).toBe('temporary');
    await store.write([note('a', 'a')]);
    expect(await store.read('a')).toBe('a');
  });

  test('of a pool that is exhausted say so, and nothing is halved', async () => {
    await using one = new Pool(postgres, 1);
    const held = await one.connect();
    one.options.connectionTimeoutMillis = 20;
    const store = isolatePoison(new PostgresStore(one, notes));
    const batch = [note('a', 'a'), note('b', 'b')];
    const failure = await store.write(batch).catch((error: unknown) => error);
    held.release();
    one.options.connectionTimeoutMillis = 0;
    expect(failure).toMatchObject({
      failed: batch,
      cause: { name: 'ConnectionError' },
    });
    await store.write(batch);
  });

  test('of a statement that takes too long name no row', async () => {
    const locked = await lockedNotes();
    await using slow = new Pool(postgres, 1);
    await slow.query('SET statement_timeout = 50');
    const store = isolatePoison(new PostgresStore(slow, notes));
    await expect(store.write([note('a', 'a')])).rejects.toMatchObject({
      code: '57014',
    });
    await locked.release();
    await store.write([note('a', 'a')]);
  });

  test('of a value that cannot be sent are about its row', async () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const sent = query(pool, 'SELECT $1', circular);
    const failure = await sent.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TypeError);
    expect(isRowFault(failure)).toBe(true);
  });

  test('of a server that is not there are those of the connection', async () => {
    await using nowhere = new Pool({
      url: 'postgres://127.0.0.1:1/none',
    } as Server);
    const store = new PostgresStore(nowhere, notes);
    await expect(store.read('a')).rejects.toThrow(ConnectionError);
  });
});

describe('the schema', () => {
  test('is applied again, also at the same time, and leaves what is there', async () => {
    await pool.query(
      "UPDATE page_views SET view_count = 3 WHERE page_url = '/'",
    );
    await Promise.all(Array.from({ length: 8 }, () => applySchema(pool)));
    const { rows } = await pool.query(
      'SELECT page_url, view_count FROM page_views ORDER BY 1',
    );
    expect(rows).toEqual([
      { page_url: '/', view_count: '3' },
      { page_url: '/checkout', view_count: '0' },
      { page_url: '/products', view_count: '0' },
    ]);
  });

  test('is applied to an empty database by several processes at once', async () => {
    await pool.query('CREATE DATABASE empty');
    const url = postgres.url.replace(/postgres$/, 'empty');
    await using other = new Pool({ url } as Server);
    await Promise.all(Array.from({ length: 8 }, () => applySchema(other)));
    const { rows } = await other.query('SELECT count(*) FROM page_views');
    expect(rows).toEqual([{ count: '3' }]);
  });

  test('forgets what was deleted a month ago, and nothing else', async () => {
    const store = new PostgresStore(pool, sessions);
    await store.put('here', atCart([]));
    for (const key of ['old', 'new']) await store.remove(key);
    await pool.query(
      "UPDATE user_sessions SET updated_at = now() - interval '31 days' WHERE user_id <> 'new'",
    );
    await pool.query(await fs.readFile(`${folder}/forget-deleted.sql`, 'utf8'));
    const { rows } = await pool.query(
      'SELECT user_id FROM user_sessions ORDER BY 1',
    );
    expect(rows).toEqual([{ user_id: 'here' }, { user_id: 'new' }]);
  });
});

test('the statements are those that the page shows', async () => {
  await expect(`${statementsFor(sessions).write};\n`).toMatchFileSnapshot(
    'write.sql',
  );
});

/** The server ends the connection while the statement runs. */
const cutConnection = `
  CREATE OR REPLACE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_terminate_backend(pg_backend_pid());
    PERFORM pg_sleep(60);
    RETURN NEW;
  END $$;
  CREATE TRIGGER cut BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION cut()`;

/** Nobody else writes until it is released. */
async function lockedNotes() {
  const client = await pool.connect();
  await client.query('BEGIN; LOCK TABLE notes IN EXCLUSIVE MODE');
  const release = async () => {
    await client.query('ROLLBACK');
    client.release();
  };
  return { release };
}

async function count(): Promise<number> {
  const { rows } = await pool.query('SELECT count(*) FROM notes');
  return Number(rows[0].count);
}
