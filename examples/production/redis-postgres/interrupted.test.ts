import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createClient, type RedisClientType } from 'redis';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type AnyRedis, openEmulator } from '../../services/any-redis.ts';
import { startPostgres } from '../../services/postgres.ts';
import type { Server } from '../../services/server.ts';
import { Pool } from '../../services/sql.ts';
import { projectFile } from '../../shared/project-file.ts';

let postgres: Server;
let redis: AnyRedis;
let admin: Pool;
let client: RedisClientType;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres(), openEmulator()]);
  admin = new Pool(postgres);
  client = createClient({ url: redis.url });
  await client.connect();
});

afterEach(async () => {
  for (const schema of await schemas()) {
    await admin.query(`DROP SCHEMA ${schema} CASCADE`);
  }
  await client.flushAll();
});

afterAll(async () => {
  client?.destroy();
  await admin?.end();
  await Promise.all([postgres?.stop(), redis?.stop()]);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'interrupted by %s, it leaves neither tables nor keys',
  async (signal, code) => {
    const demo = await demoHeldAt('final flush');
    expect(await schemas()).toHaveLength(2);
    expect(await keys()).not.toEqual([]);
    demo.child.kill(signal);
    expect(await demo.end()).toBe(code);
    expect(demo.output()).not.toContain('dead letter');
    await expectNothingLeft();
  },
);

test('a second signal ends it at once', async () => {
  const demo = await demoHeldAt('final flush', ['0']);
  demo.child.kill('SIGINT');
  demo.child.kill('SIGTERM');
  // Nobody says which of them the process hears first.
  expect([130, 143]).toContain(await demo.end());
  expect(await schemas()).toHaveLength(2);
});

test('what npm repeats is not a second signal', async () => {
  const demo = await demoHeldAt('final flush', ['600000']);
  demo.child.kill('SIGINT');
  demo.child.kill('SIGTERM');
  expect([130, 143]).toContain(await demo.end());
  await expectNothingLeft();
});

test('a demo that fails says why, and leaves nothing', async () => {
  const demo = await demoHeldAt('final flush');
  const [through] = await schemas();
  await admin.query(`ALTER TABLE ${through}.user_sessions RENAME TO taken`);
  expect(await demo.end()).toBe(1);
  expect(demo.output()).toContain('"user_sessions" does not exist');
  await expectNothingLeft();
});

test('a verification that fails is a failure of the demo', async () => {
  const demo = await demoHeldAt('final flush');
  const [through] = await schemas();
  await admin.query(
    `UPDATE ${through}.page_views SET view_count = 1 WHERE page_url = '/'`,
  );
  expect(await demo.end()).toBe(1);
  expect(demo.output()).toContain('3 of 3, 2 with the same content');
  expect(demo.output()).toContain('what the visits have left');
  await expectNothingLeft();
});

async function demoHeldAt(line: string, options: readonly string[] = []) {
  const addresses = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'jiti/register'],
      projectFile('examples/production/redis-postgres/fixtures/held-demo.ts'),
      ...[line, ...options],
    ],
    { env: { ...process.env, ...addresses } },
  );
  const closed = once(child, 'close');
  let output = '';
  const held = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (output.includes(line)) resolve();
      });
    }
  });
  await Promise.race([held, closed]);
  return {
    child,
    output: () => output,
    /** It goes on, and ends with that code. */
    end: () => codeOf(child, closed),
  };
}

async function codeOf(
  child: ChildProcessWithoutNullStreams,
  closed: Promise<unknown[]>,
): Promise<unknown> {
  child.stdin.end('\n');
  const [code] = await closed;
  return code;
}

async function expectNothingLeft(): Promise<void> {
  expect(await schemas()).toEqual([]);
  expect(await keys()).toEqual([]);
}

/** Those of the demo, in the order in which they were made. */
async function schemas(): Promise<string[]> {
  const { rows } = await admin.query(
    `SELECT nspname FROM pg_namespace
     WHERE starts_with(nspname, 'dirty_bit_') ORDER BY oid`,
  );
  return rows.map(({ nspname }) => nspname);
}

function keys(): Promise<string[]> {
  return client.keys('*');
}
