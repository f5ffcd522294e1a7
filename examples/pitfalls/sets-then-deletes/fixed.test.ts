import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { demo, FixedCache } from './fixed.ts';

/** Keeps what it was asked to write. */
class ListeningStore extends InMemoryStore<string, string> {
  readonly batches: string[][] = [];

  override write(batch: readonly Operation<string, string>[]): Promise<void> {
    this.batches.push(batch.map(({ type, key }) => `${type} ${key}`));
    return super.write(batch);
  }
}

function setUp() {
  const clock = new VirtualClock();
  const store = new ListeningStore();
  const cache = new FixedCache<string>({ store, clock, maxDelayMs: 1000 });
  return { clock, store, cache };
}

test('P2 is kept: a set that follows a delete stays', async () => {
  const { store, cache } = setUp();
  await cache.delete('haruka');
  await cache.set('haruka', 'session-2');

  await cache.flush();

  expect(await cache.get('haruka')).toBe('session-2');
  expect(store.peek('haruka')).toBe('session-2');
});

test('P2 is kept: a delete that follows a set stays', async () => {
  const { store, cache } = setUp();
  await cache.set('haruka', 'session-1');
  await cache.flush();
  await cache.set('haruka', 'session-2');
  await cache.delete('haruka');

  await cache.flush();

  expect(await cache.get('haruka')).toBeUndefined();
  expect(store.peek('haruka')).toBeUndefined();
});

test('sets and deletes go in two writes, a key in one of them', async () => {
  const { store, cache } = setUp();
  await cache.set('linh', 'session-1');
  await cache.delete('haruka');
  await cache.set('haruka', 'session-2');
  await cache.set('linh', 'session-3');
  await cache.delete('linh');

  await cache.flush();

  expect(store.batches).toEqual([['set haruka'], ['delete linh']]);
});

test('P2 is kept where the deletes fail, and come again', async () => {
  const { clock, store, cache } = setUp();
  await cache.set('linh', 'session-1');
  await cache.delete('haruka');
  store.breakKey('haruka');
  await expect(cache.flush()).rejects.toThrow();
  store.mendKey('haruka');
  await cache.set('haruka', 'session-2');
  await cache.delete('linh');

  await clock.advance(1000);

  expect(store.entries()).toEqual([['haruka', 'session-2']]);
});

test('the demo prints what is recorded', async () => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('fixed.out.txt');
});
