/** What is known of the writes, and what is wanted of the cache. */
import {
  expectDelay,
  expectSize,
  unexpected,
} from '../../shared/expect-option.ts';

// #region demand
export interface Demand {
  /** Of your busiest second, taken as evenly spread. */
  readonly writesPerSecond: number;
  /** The part of them that finds its key waiting, below 1. Default: 0. */
  readonly repeatedShare?: number;
  /** Bytes of a key and its value, as this process holds them. */
  readonly rowBytes: number;
  /** Milliseconds that the database takes for a batch of one row. */
  readonly databaseMs: number;
  /** Milliseconds that it takes for each further row. Default: 0.1. */
  readonly rowMs?: number;
  readonly loss: Loss;
  /** Milliseconds without a database in which no write is refused. */
  readonly outageMs: number;
  /** Bytes that the cache may take. */
  readonly memoryBytes: number;
  /** Milliseconds to wait at least, for writes of a key to meet. Default: 0. */
  readonly leastDelayMs?: number;
}

/**
 * What a crash may take along, whenever it comes: written keys, or milliseconds
 * of writes. 'none' takes a journal, for whose disk each write waits.
 */
export type Loss = { readonly keys: number } | { readonly ms: number } | 'none';
// #endregion demand

// #region unreachable
export type Input = 'writesPerSecond' | 'loss' | 'outageMs' | 'memoryBytes';

/** What is wanted cannot be had, and which input is in the way of it. */
export class UnreachableError extends RangeError {
  override readonly name = 'UnreachableError';
  readonly input: Input;
  /** What it must be at least, or may be at most, with all else as it is. */
  readonly limit: number;

  constructor(input: Input, bound: 'at least' | 'at most', limit: number) {
    super(`${input}: expected ${bound} ${limit}, with all else as it is`);
    this.input = input;
    this.limit = limit;
  }
}
// #endregion unreachable

export function expectDemand(demand: Demand): void {
  if (!isObject(demand)) throw wrong('demand', 'an object', demand);
  for (const name of numbers) expectNumber(name, demand[name]);
  const { writesPerSecond, repeatedShare = 0, rowBytes } = demand;
  const { databaseMs, rowMs = 0.1, leastDelayMs = 0 } = demand;
  expectPositive('writesPerSecond', writesPerSecond);
  if (!(repeatedShare >= 0 && repeatedShare < 1)) {
    throw unexpected(
      'repeatedShare',
      'a number from 0 to below 1',
      repeatedShare,
    );
  }
  expectSize('rowBytes', rowBytes);
  expectPositive('databaseMs', databaseMs);
  expectDelay('databaseMs', databaseMs);
  if (!(rowMs >= 0 && rowMs <= databaseMs)) {
    throw unexpected('rowMs', `from 0 to the ${databaseMs} of a batch`, rowMs);
  }
  expectLoss(demand.loss);
  expectDelay('outageMs', demand.outageMs);
  expectSize('memoryBytes', demand.memoryBytes);
  expectDelay('leastDelayMs', leastDelayMs);
}

const numbers = [
  'writesPerSecond',
  'repeatedShare',
  'rowBytes',
  'databaseMs',
  'rowMs',
  'outageMs',
  'memoryBytes',
  'leastDelayMs',
] as const satisfies readonly (keyof Demand)[];

/** A text or a date would pass for the number that it is compared as. */
function expectNumber(name: string, value: unknown): void {
  if (typeof value === 'number' || value === undefined) return;
  throw wrong(name, 'a number', value);
}

function expectPositive(name: string, value: number): void {
  if (value > 0 && value < Infinity) return;
  throw unexpected(name, 'a number above 0', value);
}

function expectLoss(loss: Loss): void {
  if (loss === 'none') return;
  const isTime = isObject(loss) && 'ms' in loss;
  const isCount = isObject(loss) && 'keys' in loss;
  if (isTime === isCount) {
    throw wrong('loss', "{ keys }, { ms } or 'none'", loss);
  }
  if ('keys' in loss) {
    expectNumber('loss.keys', loss.keys);
    expectSize('loss.keys', loss.keys);
  } else {
    expectNumber('loss.ms', loss.ms);
    expectPositive('loss.ms', loss.ms);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Tells '200' from 200, and says which fields an object has. */
function wrong(name: string, expected: string, value: unknown): RangeError {
  if (typeof value === 'string')
    return unexpected(name, expected, `'${value}'`);
  if (Array.isArray(value)) return unexpected(name, expected, 'an array');
  if (!isObject(value)) return unexpected(name, expected, value);
  const fields = Object.keys(value).join(', ');
  return unexpected(name, expected, fields === '' ? '{}' : `{ ${fields} }`);
}
