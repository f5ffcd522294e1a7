import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation } from '../../shared/store.ts';
import { WriteBehindClient } from './write-behind-client.ts';

type Plan = 'free' | 'pro' | 'none';

test('a read returns what is pending, though the store has something else', async () => {
  const { client, settleAll } = open();
  await client.set('linh', 'pro');
  expect(await client.get('linh')).toBe('pro');
  await settleAll();
  expect(await client.get('linh')).toBe('pro');
});

test('a pending delete hides the row', async () => {
  const { client } = open();
  await client.delete('linh');
  expect(await client.get('linh')).toBeUndefined();
});

test('what is not pending is read from the store', async () => {
  const { client } = open();
  expect(await client.get('linh')).toBe('free');
  expect(await client.get('nobody')).toBeUndefined();
});

test('what is stored and settled in the middle of a read is not missed', async () => {
  const { client, settleAll, reads } = open();
  await client.set('linh', 'pro');
  reads.beforePending = settleAll;
  expect(await client.get('linh')).toBe('pro');
});

/** Two nodes' worth of queue, in a process, and a store that has one row. */
function open() {
  const store = new InMemoryStore<string, Plan>({ rows: [['linh', 'free']] });
  const waiting = new Map<string, Operation<string, Plan>>();
  const reads = { beforePending: async () => {} };
  let version = 0;
  const queue = {
    async append(key: string, value?: Plan) {
      version += 1;
      waiting.set(
        key,
        value === undefined
          ? { type: 'delete', key, version }
          : { type: 'set', key, value, version },
      );
      return version;
    },
    async pending(key: string) {
      await reads.beforePending();
      return waiting.get(key);
    },
  };
  const settleAll = async () => {
    await store.write([...waiting.values()]);
    waiting.clear();
  };
  return { client: new WriteBehindClient(queue, store), settleAll, reads };
}
