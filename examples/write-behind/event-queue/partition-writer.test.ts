import { describe, expect, test } from 'vitest';
import { sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { LoggedMessage, Message } from './event-log.ts';
import { messageOf, operationOf } from './operation-message.ts';
import { PartitionWriter } from './partition-writer.ts';
import type { PartitionWriterOptions } from './partition-writer-options.ts';

test('a batch that fails is not acknowledged past, and what follows is stored', async () => {
  const { store, clock, writer, acknowledged, set } = newWriter({
    maxBatchSize: 1,
  });
  store.breakKey('/home', new Error('deadlock'));
  await writer.read([set(0, '/home', 42), set(1, '/docs', 7)]);
  await clock.advance(50);
  expect(store.entries()).toEqual([['/docs', 7]]);
  expect(acknowledged).toEqual([]);

  store.mendKey('/home');
  await clock.advance(1000);
  expect(store.peek('/home')).toBe(42);
  expect(acknowledged).toEqual([1]);
});

test('of the messages of one key, one is written and all are acknowledged', async () => {
  const { store, clock, writer, acknowledged, set } = newWriter();
  await writer.read([1, 2, 3].map((value) => set(value, '/home', value)));
  await clock.advance(0);
  expect(store.peek('/home')).toBe(3);
  expect(store.counts().rows).toBe(1);
  expect(acknowledged.at(-1)).toBe(3);
});

test('a later message of a key waits for the earlier one on its way', async () => {
  const { store, clock, writer, acknowledged, set } = newWriter({
    writeMs: 20,
  });
  await writer.read([set(0, '/home', 1)]);
  await clock.advance(10);
  await writer.read([set(1, '/home', 2)]);
  await clock.advance(15);
  expect(store.peek('/home')).toBe(1);
  expect(acknowledged).toEqual([0]);
  await clock.advance(20);
  expect(store.peek('/home')).toBe(2);
  expect(acknowledged).toEqual([0, 1]);
});

test('an older one that is delivered late changes nothing, and is done', async () => {
  const { store, clock, writer, acknowledged, set } = newWriter({
    writeMs: 20,
  });
  await writer.read([set(1, '/docs', 1)]);
  await clock.advance(10);
  await writer.read([set(5, '/home', 5)]);
  await writer.read([set(2, '/home', 2)]);
  await clock.advance(50);
  expect(store.peek('/home')).toBe(5);
  expect(acknowledged.at(-1)).toBe(5);
  await writer.read([set(3, '/home', 3)]);
  await clock.advance(50);
  expect(store.peek('/home')).toBe(5);
  expect(acknowledged.at(-1)).toBe(3);
});

test('what comes twice is written once', async () => {
  const { store, clock, writer, set } = newWriter({ writeMs: 20 });
  await writer.read([set(0, '/home', 1)]);
  await clock.advance(10);
  await writer.read([set(0, '/home', 1)]);
  await clock.advance(100);
  expect(store.counts().writes).toBe(1);
});

test('what comes again after it is stored does no harm', async () => {
  const { store, clock, writer, acknowledged, set } = newWriter();
  const messages = [set(0, '/home', 1), set(1, '/home', 2)];
  await writer.read(messages);
  await clock.advance(0);
  await writer.read(messages.slice(0, 1));
  await clock.advance(0);
  expect(store.peek('/home')).toBe(2);
  expect(acknowledged).toEqual([0, 1, 0]);
});

test('a refused row is set aside after its attempts, and holds up nobody', async () => {
  const { store, clock, writer, acknowledged, aside, set } = newWriter({
    attempts: 3,
  });
  store.breakKey('/bad', new Error('too long'));
  await writer.read([set(0, '/bad', 1), set(1, '/docs', 7)]);
  await clock.advance(99);
  await writer.read([set(2, '/about', 8)]);
  await clock.advance(0);
  expect(store.entries()).toEqual([
    ['/docs', 7],
    ['/about', 8],
  ]);
  expect(acknowledged).toEqual([]);
  await clock.advance(1000);
  expect(store.counts().writes).toBe(4);
  expect(aside).toEqual([
    ['/bad', "PartialWriteError: 1 of the batch's operations failed"],
  ]);
  expect(acknowledged).toEqual([2]);
});

test('one that the store will never take is set aside at once', async () => {
  const { store, clock, writer, acknowledged, aside, set } = newWriter();
  store.breakKey('/bad', Object.assign(new Error('no'), { permanent: true }));
  await writer.read([set(0, '/bad', 1), set(1, '/docs', 7)]);
  await clock.advance(0);
  expect(aside).toHaveLength(1);
  expect(acknowledged).toEqual([1]);
});

test('where the error names nobody, each goes alone before one is set aside', async () => {
  const { store, clock, writer, aside, set } = newWriter({ attempts: 2 });
  const error = Object.assign(new Error('value too long'), { code: '22001' });
  const write = store.write.bind(store);
  store.write = async (batch) => {
    if (batch.some(({ key }) => key === '/bad')) throw error;
    await write(batch);
  };
  await writer.read([set(0, '/a', 1), set(1, '/bad', 2), set(2, '/b', 3)]);
  await clock.advance(0);
  expect(store.entries()).toEqual([
    ['/a', 1],
    ['/b', 3],
  ]);
  expect(aside).toEqual([['/bad', 'Error: value too long']]);
});

test('a message that is none of ours is set aside, and the others are stored', async () => {
  const { store, clock, writer, acknowledged, aside, set } = newWriter();
  const foreign = { ...set(0, '/home', 1), headers: { from: 'elsewhere' } };
  await writer.read([foreign, set(1, '/docs', 7)]);
  await clock.advance(0);
  expect(aside).toEqual([
    ['/home', 'RangeError: version: expected a whole number, got '],
  ]);
  expect(store.entries()).toEqual([['/docs', 7]]);
  expect(acknowledged).toEqual([0, 1]);
});

test('it is done with poison only when that is safe elsewhere', async () => {
  const refusals = [new Error('down'), new Error('down still')];
  const { clock, writer, acknowledged, aside, errors, set } = newWriter({
    refusals,
  });
  await writer.read([{ ...set(0, '/home', 1), headers: {} }, set(1, '/b', 1)]);
  await clock.advance(100);
  expect(acknowledged).toEqual([]);
  expect(errors).toEqual(['Error: down', 'Error: down still']);
  await clock.advance(200);
  expect(aside).toHaveLength(1);
  expect(acknowledged).toEqual([1]);
});

test('an outage sets nothing aside, however long it is', async () => {
  const { store, clock, writer, acknowledged, aside, set } = newWriter();
  const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  store.failNextWrites(...Array.from({ length: 20 }, () => error));
  await writer.read([set(0, '/home', 1)]);
  await clock.advance(100_000);
  await writer.read([set(1, '/docs', 2)]);
  await clock.advance(100_000);
  expect(aside).toEqual([]);
  expect(acknowledged).toEqual([0, 1]);
  expect(store.counts().writes).toBe(22);
});

test('nor where it begins after a refusal that names nobody', async () => {
  const { store, clock, writer, aside, set } = newWriter({ attempts: 1 });
  const down = Object.assign(new Error('down'), { code: 'ECONNREFUSED' });
  store.failNextWrites(new Error('refused'), down);
  await writer.read([set(0, '/home', 42), set(1, '/docs', 7)]);
  await clock.advance(10_000);
  expect(aside).toEqual([]);
  expect(store.entries()).toHaveLength(2);
});

test('a row that is locked is waited for, and the others are stored', async () => {
  const { store, clock, writer, aside, set } = newWriter();
  const locked = Object.assign(new Error('locked'), { code: '55P03' });
  store.breakKey('/home', locked);
  await writer.read([set(0, '/home', 1)]);
  await clock.advance(60_000);
  await writer.read([set(1, '/docs', 2)]);
  await clock.advance(0);
  expect(store.entries()).toEqual([['/docs', 2]]);
  store.mendKey('/home');
  await clock.advance(10_000);
  expect(store.peek('/home')).toBe(1);
  expect(aside).toEqual([]);
});

describe.each([
  ['a statement that takes too long', '57014'],
  ['a lock', '55P03'],
  ['a deadlock', '40P01'],
])('%s looks like an outage:', (_, code) => {
  const error = Object.assign(new Error(code), { code });

  test('where two rows are to blame, the others are stored, and they when they can be', async () => {
    const { store, clock, writer, acknowledged, aside, set } = newWriter();
    const slow = new Set(['/a', '/b']);
    failFor(store, error, (batch) => batch.some(({ key }) => slow.has(key)));
    const keys = ['/a', '/b', '/c', '/d', '/e'];
    await writer.read(keys.map((key, index) => set(index, key, index)));
    await clock.advance(3_600_000);
    expect(store.entries().map(([key]) => key)).toEqual(['/c', '/d', '/e']);
    expect([acknowledged, aside]).toEqual([[], []]);
    slow.clear();
    await clock.advance(20_000);
    expect([store.peek('/a'), store.peek('/b')]).toEqual([0, 1]);
    expect(acknowledged.at(-1)).toBe(4);
  });

  test('where the batch is too large, smaller ones are stored', async () => {
    const { store, clock, writer, acknowledged, set } = newWriter();
    failFor(store, error, (batch) => batch.length > 2);
    const messages = Array.from({ length: 8 }, (_, at) =>
      set(at, `/${at}`, at),
    );
    await writer.read(messages);
    await clock.advance(10_000);
    expect(store.entries()).toHaveLength(8);
    expect(acknowledged.at(-1)).toBe(7);
  });
});

/** A write of `/home` that is locked, and a newer one before it is told. */
async function replacedWhileLocked() {
  const world = newWriter({ writeMs: 20 });
  const { store, clock, writer, set } = world;
  store.failNextWrites(Object.assign(new Error('lock'), { code: '55P03' }));
  await writer.read([set(0, '/home', 1)]);
  await clock.advance(10);
  await writer.read([set(1, '/home', 2)]);
  return world;
}

test('what has failed alone lets no newer one of its key go', async () => {
  const { store, clock, acknowledged } = await replacedWhileLocked();
  await clock.advance(1000);
  expect(store.peek('/home')).toBe(2);
  expect(acknowledged.at(-1)).toBe(1);
});

test('what has failed alone goes with others once its key is stored', async () => {
  const { store, clock, writer, acknowledged, set } =
    await replacedWhileLocked();
  await clock.advance(120);
  await writer.read([set(2, '/home', 3), set(3, '/docs', 4)]);
  await clock.advance(100);
  expect(store.counts().writes).toBe(3);
  expect(acknowledged.at(-1)).toBe(3);
});

test.each([
  { fails: 'late', limitMs: 5000, worstMs: 5000 },
  { fails: 'soon', limitMs: 50, worstMs: 0 },
])(
  'a row that keeps changing and fails $fails, once found, holds up nobody',
  async (its) => {
    const pipeline = newWriter();
    const isSlow = ({ key }: { key: string }) => key === '/50';
    limitTime(pipeline, its.limitMs, (batch) =>
      batch.some(isSlow) ? Infinity : 20,
    );
    const ages = await agesOf(pipeline, { keys: 100, seconds: 150 });
    const healthy = ages.filter((age) => !isSlow(age) && age.at > 60_000);
    expect(Math.max(...healthy.map(({ ms }) => ms))).toBe(its.worstMs);
  },
);

test('where each key changes during each batch, all have their turn', async () => {
  const pipeline = newWriter();
  limitTime(pipeline, 5000, () => 1500);
  const ages = await agesOf(pipeline, { keys: 200, seconds: 60 });
  expect(Math.max(...ages.map(({ ms }) => ms))).toBe(4000);
});

test('after an outage, the eleventh batch is as large as before', async () => {
  const { store, clock, writer, set } = newWriter();
  const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  store.failNextWrites(...Array.from({ length: 8 }, () => error));
  const sizes: number[] = [];
  failFor(store, error, (batch) => sizes.push(batch.length) === 0);
  const messages = Array.from({ length: 700 }, (_, at) =>
    set(at, `/${at}`, at),
  );
  await writer.read(messages);
  await clock.advance(100_000);
  expect(store.entries()).toHaveLength(700);
  expect(sizes.slice(0, 8)).toEqual([100, 50, 25, 13, 7, 4, 2, 1]);
  const growing = [1, 11, 21, 31, 41, 51, 61, 71, 81, 91, 100];
  expect(sizes.slice(8, 19)).toEqual(growing);
});

test('where full batches are too large, most are stored', async () => {
  const { store, clock, writer, acknowledged, set } = newWriter();
  const sizes: number[] = [];
  limitTime({ store, clock }, 5000, ({ length }) => {
    sizes.push(length);
    return length * 80;
  });
  const messages = Array.from({ length: 999 }, (_, at) =>
    set(at, `/${at}`, at),
  );
  await writer.read(messages);
  await clock.advance(116_000);
  expect(acknowledged.at(-1)).toBe(998);
  expect(sizes.slice(0, 8)).toEqual([100, 50, 60, 70, 35, 45, 55, 65]);
  expect(sizes.filter((size) => size * 80 > 5000)).toHaveLength(7);
});

test('it has no room while too much is not acknowledged', async () => {
  const { store, clock, writer, set } = newWriter({ maxUnacknowledged: 2 });
  store.hang();
  let hasRoom = false;
  const messages = [set(0, '/a', 1), set(1, '/b', 2)];
  void writer.read(messages).then(() => {
    hasRoom = true;
  });
  await clock.advance(1000);
  expect(hasRoom).toBe(false);
  store.recover();
  await clock.advance(0);
  expect(hasRoom).toBe(true);
});

test('an acknowledgement that fails is made again', async () => {
  const { clock, writer, acknowledged, errors, set } = newWriter({
    lostAcknowledgements: 2,
  });
  await writer.read([set(0, '/home', 1)]);
  await clock.advance(1000);
  expect(errors).toHaveLength(2);
  expect(acknowledged).toEqual([0]);
});

test('once stopped, it writes no more, and acknowledges what was on its way', async () => {
  const { store, clock, writer, acknowledged, set } = newWriter({
    ...{ maxBatchSize: 1, writeMs: 20 },
  });
  await writer.read([set(0, '/a', 1), set(1, '/b', 2)]);
  await clock.advance(10);
  await clock.until(writer.stop());
  await writer.read([set(2, '/c', 3)]);
  await clock.advance(1000);
  expect(store.entries()).toEqual([['/a', 1]]);
  expect(acknowledged).toEqual([0]);
  expect(clock.isIdle).toBe(true);
});

test('what fails while it stops is left to the next', async () => {
  const { store, clock, writer, acknowledged, set } = newWriter({
    writeMs: 20,
  });
  store.failNextWrites(new Error('deadlock'));
  await writer.read([set(0, '/a', 1)]);
  await clock.advance(10);
  await clock.until(writer.stop());
  expect(acknowledged).toEqual([]);
  expect(clock.isIdle).toBe(true);
});

test('stopping lets go of who waits for room, and of all retries', async () => {
  const { store, clock, writer, acknowledged, set } = newWriter({
    maxUnacknowledged: 1,
  });
  store.breakKey('/bad');
  const reading = writer.read([set(0, '/bad', 1)]);
  await clock.advance(10);
  await writer.stop();
  await reading;
  expect(acknowledged).toEqual([]);
  expect(clock.isIdle).toBe(true);
});

test('options that make no sense are refused', () => {
  expect(() => newWriter({ maxBatchSize: 0 })).toThrow('maxBatchSize');
  expect(() => newWriter({ maxUnacknowledged: 0.5 })).toThrow(
    'maxUnacknowledged',
  );
  expect(() => newWriter({ baseDelayMs: -1 })).toThrow('baseDelayMs');
});

interface Given extends Partial<PartitionWriterOptions<number>> {
  readonly writeMs?: number;
  /** Of whoever takes the dead letters. */
  readonly refusals?: Error[];
  readonly lostAcknowledgements?: number;
}

function newWriter(given: Given = {}) {
  const { writeMs = 0, refusals = [], ...options } = given;
  let lost = given.lostAcknowledgements ?? 0;
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs, clock });
  const acknowledged: number[] = [];
  const aside: [string, string][] = [];
  const errors: string[] = [];
  const acknowledge = async (position: number) => {
    lost -= 1;
    if (lost >= 0) throw new Error('no answer');
    acknowledged.push(position);
  };
  const writer = new PartitionWriter<number>(
    { id: 0, acknowledge },
    {
      ...{ store, clock, operationOf, ...options },
      onError: (error) => errors.push(String(error)),
      async setAside({ key }, error) {
        const refusal = refusals.shift();
        if (refusal !== undefined) throw refusal;
        aside.push([key, String(error)]);
      },
    },
  );
  return { store, clock, writer, acknowledged, aside, errors, set };
}

type Batch = readonly Operation<string, number>[];

/** Without a word about whose fault it is. */
function failFor(
  store: InMemoryStore<string, number>,
  error: Error,
  fails: (batch: Batch) => boolean,
): void {
  const write = store.write.bind(store);
  store.write = async (batch) => {
    if (fails(batch)) throw error;
    await write(batch);
  };
}

type Pipeline = ReturnType<typeof newWriter>;

/** As a database does that breaks off what takes longer. */
function limitTime(
  { store, clock }: Pick<Pipeline, 'store' | 'clock'>,
  limitMs: number,
  msOf: (batch: Batch) => number,
): void {
  const write = store.write.bind(store);
  store.write = async (batch) => {
    const ms = msOf(batch);
    await sleep(clock, Math.min(ms, limitMs));
    if (ms > limitMs) throw Object.assign(new Error(), { code: '57014' });
    await write(batch);
  };
}

interface Age {
  readonly key: string;
  readonly at: number;
  /** Between what is stored and what was set last. */
  readonly ms: number;
}

/** Each key is set once a second, to the time. */
async function agesOf(
  { store, clock, writer, set }: Pipeline,
  load: { readonly keys: number; readonly seconds: number },
): Promise<readonly Age[]> {
  const ages: Age[] = [];
  for (let second = 0; second < load.seconds; second += 1) {
    const at = clock.now();
    const messages = Array.from({ length: load.keys }, (_, index) =>
      set(second * load.keys + index, `/${index}`, at),
    );
    await clock.until(writer.read(messages));
    await clock.advance(1000);
    for (const { key } of messages) {
      ages.push({ key, at, ms: at - (store.peek(key) ?? 0) });
    }
  }
  return ages;
}

/** The version is where it stands. */
function set(position: number, key: string, value: number): LoggedMessage {
  const message: Message = messageOf({
    ...{ type: 'set', key, value, version: position + 1 },
  });
  return { ...message, partition: 0, position };
}
