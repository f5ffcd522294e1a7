import { expect, test } from 'vitest';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { type PartitionLog, PartitionOwner } from './partition-owner.ts';
import { FencedOutError } from './partitioned-store.ts';

type Write = Operation<string, number>;

test('writes go to the store in order, the newest of each key of what is there', async () => {
  const { log, store, clock } = open();
  log.append(set('a', 1), set('b', 2), set('a', 3));
  await clock.advance(0);
  log.append({ type: 'delete', key: 'a', version: 4 });
  await clock.advance(0);
  expect(store.batches).toEqual([
    [set('b', 2), set('a', 3)],
    [{ type: 'delete', key: 'a', version: 4 }],
  ]);
  expect(log.entries).toEqual([]);
});

test('what the last owner has stored is settled, and not stored again', async () => {
  const { log, store, clock } = open({ position: 2 });
  log.append(set('a', 1), set('b', 2), set('a', 3));
  await clock.advance(0);
  expect(store.batches).toEqual([[set('a', 3)]]);
  expect(log.entries).toEqual([]);
});

test('a batch that fails comes again, and nothing overtakes it', async () => {
  const { log, store, clock, errors } = open();
  store.errors.push(new Error('no answer'), new Error('no answer'));
  log.append(set('a', 1));
  await clock.advance(0);
  log.append(set('a', 2));
  await clock.advance(99);
  expect(store.batches).toEqual([]);
  expect(log.entries).toHaveLength(2);
  await clock.advance(1 + 200);
  expect(store.batches.flat().at(-1)).toEqual(set('a', 2));
  expect(log.entries).toEqual([]);
  expect(errors.map(String)).toEqual(['Error: no answer', 'Error: no answer']);
});

test('what is stored is not stored again because Redis fails to settle it', async () => {
  const { log, store, clock, errors } = open();
  log.errors.push(new Error('no Redis'));
  log.append(set('a', 1));
  await clock.advance(100);
  expect(store.batches).toEqual([[set('a', 1)]]);
  expect(log.entries).toEqual([]);
  expect(errors).toHaveLength(1);
});

test('what Redis brings back after a restart is settled again, and not stored again', async () => {
  const { log, store, clock } = open();
  log.append(set('a', 1));
  await clock.advance(0);
  log.restart(set('a', 1));
  await clock.advance(100);
  expect(store.batches).toEqual([[set('a', 1)]]);
  expect(log.entries).toEqual([]);
});

test('what is written after a restart is stored, though Redis has forgotten how far it was', async () => {
  const { log, store, clock } = open({ position: 7 });
  log.append(set('a', 8));
  await clock.advance(0);
  log.restart();
  await clock.advance(100);
  log.write('b');
  await clock.advance(0);
  expect(store.batches).toEqual([[set('a', 8)], [set('b', 9)]]);
});

test('what the store will never take is buried, and holds up nobody', async () => {
  const { log, store, clock, errors } = open();
  const refusal = Object.assign(new Error('too long'), { permanent: true });
  store.refuse('b', refusal);
  log.append(set('a', 1), set('b', 2), set('c', 3));
  await clock.advance(0);
  log.append(set('d', 4));
  await clock.advance(0);
  expect(store.batches).toEqual([[set('a', 1)], [set('c', 3)], [set('d', 4)]]);
  expect(log.buried).toEqual([[set('b', 2), refusal]]);
  expect(errors).toEqual([]);
});

test('one who is fenced out says so, and ends', async () => {
  const { log, store, owner, errors } = open();
  const fence = new FencedOutError({ partition: 3, token: 1 }, 2);
  store.errors.push(fence);
  log.append(set('a', 1));
  expect(await owner.ended).toBe('fenced out');
  expect(errors).toEqual([fence]);
  expect(log.entries).toHaveLength(1);
});

test('when it stops, what is on its way arrives, and is settled', async () => {
  const { log, store, owner, clock } = open();
  const release = store.hold();
  log.append(set('a', 1));
  await clock.advance(0);
  log.append(set('a', 2));
  owner.stop();
  release();
  expect(await owner.ended).toBe('stopped');
  expect(store.batches).toEqual([[set('a', 1)]]);
  expect(log.entries).toEqual([set('a', 2)]);
});

test('it stops while it waits, be it for writes or to try again', async () => {
  const idle = open();
  await idle.clock.advance(0);
  idle.owner.stop();
  expect(await idle.owner.ended).toBe('stopped');
  const failing = open();
  failing.store.errors.push(new Error('no answer'));
  failing.log.append(set('a', 1));
  await failing.clock.advance(0);
  failing.owner.stop();
  expect(await failing.owner.ended).toBe('stopped');
});

test('pauses get longer, and never longer than ten seconds', async () => {
  const { log, store, clock, errors } = open();
  for (let error = 0; error < 100; error += 1) {
    store.errors.push(new Error('no answer'));
  }
  log.append(set('a', 1));
  await clock.advance(12_800);
  // At 0, 0.1, 0.3, 0.7, 1.5, 3.1, 6.3 and 12.7 seconds.
  expect(errors).toHaveLength(8);
  await clock.advance(100_000);
  expect(errors).toHaveLength(18);
});

function set(key: string, version: number): Write {
  return { type: 'set', key, value: version, version };
}

function open({ position = 0 } = {}) {
  const clock = new VirtualClock();
  const [log, store] = [new Log(), new Target(position)];
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const owner = new PartitionOwner({ log, store, onError, clock });
  return { log, store, owner, clock, errors };
}

class Log implements PartitionLog<number> {
  entries: Write[] = [];
  readonly buried: (readonly [Write, unknown])[] = [];
  readonly errors: unknown[] = [];
  #lastVersion = 0;
  #wake = () => {};
  #isClosed = false;
  #lost: Error | undefined;

  append(...writes: readonly Write[]): void {
    this.entries.push(...writes);
    this.#wake();
  }

  /** Whoever reads is told of it. */
  restart(...entries: readonly Write[]): void {
    this.entries = [...entries];
    this.#lost = new Error('no Redis');
    this.#wake();
  }

  async read(after: number): Promise<readonly Write[]> {
    const found = () => this.entries.filter(({ version }) => version > after);
    while (found().length === 0) {
      if (this.#isClosed) throw new Error('it is closed');
      const lost = this.#lost;
      this.#lost = undefined;
      if (lost !== undefined) throw lost;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return found();
  }

  async settle(operations: readonly Write[]): Promise<void> {
    if (this.errors.length > 0) throw this.errors.shift();
    const last = operations.at(-1)?.version ?? 0;
    this.entries = this.entries.filter(({ version }) => version > last);
  }

  async raise(version: number): Promise<void> {
    this.#lastVersion = Math.max(this.#lastVersion, version);
  }

  async bury(operation: Write, error: unknown): Promise<void> {
    this.buried.push([operation, error]);
  }

  /** What a client writes, whose version Redis gives it. */
  write(key: string): void {
    this.#lastVersion += 1;
    this.append(set(key, this.#lastVersion));
  }

  close(): void {
    this.#isClosed = true;
    this.#wake();
  }
}

class Target {
  readonly batches: (readonly Write[])[] = [];
  readonly errors: unknown[] = [];
  readonly position: number;
  readonly #refused = new Map<string, unknown>();
  #held = Promise.resolve();

  constructor(position: number) {
    this.position = position;
  }

  refuse(key: string, error: unknown): void {
    this.#refused.set(key, error);
  }

  hold(): () => void {
    let release = () => {};
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }

  async read(): Promise<undefined> {}

  async write(batch: readonly Write[]): Promise<void> {
    await this.#held;
    if (this.errors.length > 0) throw this.errors.shift();
    for (const { key } of batch) {
      if (this.#refused.has(key)) throw this.#refused.get(key);
    }
    this.batches.push(batch);
  }
}
