import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Demand, type Loss, UnreachableError } from './demand.ts';
import { planWrites, type WritePlan } from './plan-writes.ts';

// #region example
const sessions: Demand = {
  writesPerSecond: 1000,
  repeatedShare: 0.2,
  rowBytes: 600,
  databaseMs: 8.1,
  loss: { ms: 5000 },
  outageMs: 3000,
  memoryBytes: 64 * 2 ** 20,
};

test('five seconds of sessions may be lost, and three are an outage', () => {
  expect(planWrites(sessions).options).toEqual({
    maxBatchSize: 920,
    maxDelayMs: 299,
    maxPending: 2931,
    maxEntries: 69_354,
    retry: { attempts: 23, baseDelayMs: 100, maxDelayMs: 1000 },
  });
});
// #endregion example

describe('the plan for the sessions', () => {
  const plan = planWrites(sessions);

  test('says what a crash takes along, as a rule and at worst', () => {
    expect(plan).toMatchObject({ usualLoss: 266, worstLoss: 2931 });
  });

  test('says what the database is asked for', () => {
    expect(plan).toMatchObject({ batchRows: 240, batchMs: 32 });
    expect(plan.databaseShare).toBeCloseTo(0.107, 3);
  });

  test('says how long it takes to catch up', () => {
    expect(plan.recoveryMs).toBeCloseTo(437.5, 1);
  });

  test('says what memory it takes', () => {
    expect(plan.pendingBytes).toBe(2931 * (2 * 600 + 400));
  });
});

describe('the delay', () => {
  const quiet: Demand = { ...sessions, writesPerSecond: 10 };

  test('is that of a batch where the database is idle anyway', () => {
    const { options, batchRows } = planWrites(quiet);
    expect(batchRows).toBe(1);
    expect(options.maxDelayMs).toBe(9);
  });

  test('is longer where writes of a key shall meet', () => {
    const wish = { leastDelayMs: 1000, outageMs: 1000 };
    const plan = planWrites({ ...quiet, ...wish });
    expect(plan.options.maxDelayMs).toBe(1000);
  });

  test('is as short as the loss demands, while the database can bear it', () => {
    const loss = { keys: 100 };
    const plan = planWrites({ ...sessions, loss, outageMs: 0 });
    expect(plan.options.maxDelayMs).toBeLessThan(100);
    expect(plan.worstLoss).toBeLessThanOrEqual(100);
    expect(plan.databaseShare).toBeLessThanOrEqual(0.5);
    expect(plan.databaseShare).toBeGreaterThan(0.107);
  });
});

test('a database that is as busy as it may be, and gains nothing from batches, has a plan', () => {
  const rowMs = 1;
  const busy = { writesPerSecond: 500, repeatedShare: 0, outageMs: 0 };
  const plan = planWrites({ ...sessions, ...busy, databaseMs: rowMs, rowMs });
  expect(plan.databaseShare).toBeCloseTo(0.5, 9);
  expect(plan.batchRows).toBeLessThanOrEqual(plan.options.maxBatchSize);
});

test('with a journal, an outage is bounded by memory alone', () => {
  const demand: Demand = { ...sessions, loss: 'none', outageMs: 30_000 };
  const plan = planWrites(demand);
  expect(plan).toMatchObject({ usualLoss: 0, worstLoss: 0 });
  expect(plan.options.maxPending).toBeGreaterThan(24_000);
});

// #region refused
test.each<[Partial<Demand>, string]>([
  [
    { writesPerSecond: 9000 },
    'writesPerSecond: expected at most 5750, with all else as it is',
  ],
  [
    { loss: { keys: 10 }, outageMs: 0 },
    'loss: expected at least 47, with all else as it is',
  ],
  [
    { loss: { ms: 10 }, outageMs: 0 },
    'loss: expected at least 59, with all else as it is',
  ],
  [
    { outageMs: 60_000 },
    'outageMs: expected at most 4941, with all else as it is',
  ],
  [
    { memoryBytes: 1_000_000 },
    'memoryBytes: expected at least 4691200, with all else as it is',
  ],
])('%j cannot be reached', (wish, message) => {
  expect(() => planWrites({ ...sessions, ...wish })).toThrow(message);
});
// #endregion refused

test.each<[Partial<Demand>, string]>([
  [{ writesPerSecond: 0 }, 'writesPerSecond: expected a number above 0, got 0'],
  [{ writesPerSecond: Infinity }, 'writesPerSecond: expected a number above 0'],
  [{ repeatedShare: 1 }, 'repeatedShare: expected a number from 0 to below 1'],
  [{ repeatedShare: -0.1 }, 'repeatedShare: expected a number from 0'],
  [{ rowBytes: 0.5 }, 'rowBytes: expected a whole number above 0, got 0.5'],
  [{ databaseMs: 0 }, 'databaseMs: expected a number above 0, got 0'],
  [{ databaseMs: 2 ** 31 }, 'databaseMs: expected milliseconds'],
  [{ rowMs: 9 }, 'rowMs: expected from 0 to the 8.1 of a batch, got 9'],
  [{ rowMs: Number.NaN }, 'rowMs: expected from 0 to the 8.1 of a batch'],
  [{ loss: { keys: 0 } }, 'loss.keys: expected a whole number above 0, got 0'],
  [{ loss: { ms: 0 } }, 'loss.ms: expected a number above 0, got 0'],
  [{ outageMs: -1 }, 'outageMs: expected milliseconds'],
  [{ memoryBytes: 0 }, 'memoryBytes: expected a whole number above 0, got 0'],
  [{ leastDelayMs: Number.NaN }, 'leastDelayMs: expected milliseconds'],
])('%j makes no sense', (wrong, message) => {
  expect(() => planWrites({ ...sessions, ...wrong })).toThrow(message);
});

/** What a caller without types may pass. */
function planOfAnything(demand: unknown): WritePlan {
  return planWrites(demand as Demand);
}

const lossExpected = "loss: expected { keys }, { ms } or 'none', got";

test.each<[loss: unknown, message: string]>([
  [null, `${lossExpected} null`],
  [undefined, `${lossExpected} undefined`],
  ['some', `${lossExpected} 'some'`],
  [5, `${lossExpected} 5`],
  [{}, `${lossExpected} {}`],
  [{ rows: 5 }, `${lossExpected} { rows }`],
  [{ keys: 5, ms: 5 }, `${lossExpected} { keys, ms }`],
  [{ keys: '200' }, "loss.keys: expected a number, got '200'"],
  [{ ms: '200' }, "loss.ms: expected a number, got '200'"],
  [{ ms: null }, 'loss.ms: expected a number, got null'],
])('a loss of %j makes no sense', (loss, message) => {
  const plan = () => planOfAnything({ ...sessions, loss });
  expect(plan).toThrow(new RangeError(message));
});

describe.each([
  ...['writesPerSecond', 'repeatedShare', 'rowBytes', 'databaseMs', 'rowMs'],
  ...['outageMs', 'memoryBytes', 'leastDelayMs'],
])('%s', (name) => {
  test.each<[value: unknown, shown: string]>([
    ['200', "'200'"],
    ['', "''"],
    [null, 'null'],
    [true, 'true'],
    [1n, '1'],
    [[1], 'an array'],
    [{ valueOf: () => 1 }, '{ valueOf }'],
    [Object.create(null), '{}'],
  ])('is no number where it is %o', (value, shown) => {
    const plan = () => planOfAnything({ ...sessions, [name]: value });
    const message = `${name}: expected a number, got ${shown}`;
    expect(plan).toThrow(new RangeError(message));
  });
});

test.each([
  [undefined, 'undefined'],
  [null, 'null'],
  ['sessions', "'sessions'"],
])('a demand that is %j is none', (demand, shown) => {
  const message = `demand: expected an object, got ${shown}`;
  expect(() => planOfAnything(demand)).toThrow(new RangeError(message));
});

// #region properties
const losses: fc.Arbitrary<Loss> = fc.oneof(
  fc.record({ keys: fc.integer({ min: 1, max: 1_000_000 }) }),
  fc.record({ ms: fc.double({ min: 1, max: 600_000, noNaN: true }) }),
  fc.constant<'none'>('none'),
);

const demands: fc.Arbitrary<Demand> = fc
  .record({
    writesPerSecond: fc.double({ min: 0.01, max: 20_000, noNaN: true }),
    repeatedShare: fc.double({ min: 0, max: 0.99, noNaN: true }),
    rowBytes: fc.integer({ min: 1, max: 100_000 }),
    databaseMs: fc.double({ min: 0.1, max: 300, noNaN: true }),
    rowPart: fc.double({ min: 0, max: 1, noNaN: true }),
    loss: losses,
    outageMs: fc.integer({ min: 0, max: 120_000 }),
    memoryBytes: fc.integer({ min: 1_000_000, max: 2 ** 34 }),
    leastDelayMs: fc.constantFrom(0, 0, 100, 5000),
  })
  .map(({ rowPart, ...demand }) => ({
    ...demand,
    rowMs: demand.databaseMs * rowPart ** 3,
  }));

test('no plan may lose more than was allowed', () => {
  fc.assert(
    fc.property(demands, (demand) => {
      const { plan } = outcomeOf(demand);
      if (plan === undefined || demand.loss === 'none') return;
      const { loss, writesPerSecond, repeatedShare = 0 } = demand;
      const keysPerSecond = writesPerSecond * (1 - repeatedShare);
      const allowed =
        'keys' in loss ? loss.keys : (keysPerSecond * loss.ms) / 1000 + 1e-9;
      expect(plan.worstLoss).toBe(plan.options.maxPending);
      expect(plan.worstLoss).toBeLessThanOrEqual(allowed);
      expect(plan.usualLoss).toBeLessThanOrEqual(plan.worstLoss);
    }),
    { numRuns: 300 },
  );
});

test('each plan leaves the database half of its time', () => {
  fc.assert(
    fc.property(demands, (demand) => {
      const { plan } = outcomeOf(demand);
      if (plan === undefined) return;
      expect(plan.databaseShare).toBeLessThanOrEqual(0.5 + 1e-9);
      expect(plan.pendingBytes).toBeLessThan(demand.memoryBytes);
    }),
    { numRuns: 300 },
  );
});

test('a refusal names the limit: that can be reached, and no more', () => {
  fc.assert(
    fc.property(demands, (demand) => {
      const { refusal } = outcomeOf(demand);
      if (refusal === undefined) return;
      const { input, limit } = refusal;
      if (limit <= 0) return;
      const next = outcomeOf(withInput(demand, input, limit)).refusal;
      // Another input may be in the way then, but this one is not.
      expect(next?.input).not.toBe(input);
    }),
    { numRuns: 300 },
  );
});

test('what can be reached still can where less is asked for', () => {
  const easier: ((demand: Demand) => Demand)[] = [
    (demand) => ({ ...demand, outageMs: demand.outageMs / 2 }),
    (demand) => ({ ...demand, memoryBytes: 2 * demand.memoryBytes }),
    (demand) => ({
      ...demand,
      writesPerSecond: demand.writesPerSecond / 2,
      // The same time would be worth fewer keys, and perhaps not one.
      loss: twice(demand.loss),
    }),
    (demand) => ({ ...demand, loss: twice(demand.loss) }),
    (demand) => ({ ...demand, loss: 'none' }),
  ];
  fc.assert(
    fc.property(demands, fc.constantFrom(...easier), (demand, ease) => {
      const isMemory = outcomeOf(ease(demand)).refusal?.input === 'memoryBytes';
      // A longer delay is of use, and takes memory.
      if (outcomeOf(demand).plan === undefined || isMemory) return;
      expect(outcomeOf(ease(demand)).refusal).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

test('longer outages, more writes: never a shorter queue', () => {
  const grow = fc.double({ min: 1, max: 3, noNaN: true });
  fc.assert(
    fc.property(demands, grow, grow, (some, outages, writes) => {
      const demand: Demand = { ...some, loss: 'none' };
      const { plan } = outcomeOf(demand);
      const { plan: larger } = outcomeOf({
        ...demand,
        outageMs: demand.outageMs * outages,
        writesPerSecond: demand.writesPerSecond * writes,
      });
      if (plan === undefined || larger === undefined) return;
      const { maxPending } = larger.options;
      expect(maxPending).toBeGreaterThanOrEqual(plan.options.maxPending);
    }),
    { numRuns: 300 },
  );
});

test('who may lose more waits no shorter', () => {
  fc.assert(
    fc.property(demands, (demand) => {
      const { plan } = outcomeOf(demand);
      const { plan: lax } = outcomeOf({ ...demand, loss: twice(demand.loss) });
      if (plan === undefined || lax === undefined) return;
      const delay = ({ options }: WritePlan) => options.maxDelayMs;
      expect(delay(lax)).toBeGreaterThanOrEqual(delay(plan));
    }),
    { numRuns: 300 },
  );
});
// #endregion properties

interface Outcome {
  readonly plan?: WritePlan;
  readonly refusal?: UnreachableError;
}

function outcomeOf(demand: Demand): Outcome {
  try {
    return { plan: planWrites(demand) };
  } catch (error) {
    if (error instanceof UnreachableError) return { refusal: error };
    throw error;
  }
}

function twice(loss: Loss): Loss {
  if (loss === 'none') return loss;
  return 'keys' in loss ? { keys: 2 * loss.keys } : { ms: 2 * loss.ms };
}

function withInput(
  demand: Demand,
  input: UnreachableError['input'],
  limit: number,
): Demand {
  if (input !== 'loss') return { ...demand, [input]: limit };
  const isTime = demand.loss !== 'none' && 'ms' in demand.loss;
  return { ...demand, loss: isTime ? { ms: limit } : { keys: limit } };
}
