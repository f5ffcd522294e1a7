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
  const { writesPerSecond, repeatedShare = 0, rowBytes, loss } = demand;
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
  if (loss !== 'none') {
    if ('keys' in loss) expectSize('loss.keys', loss.keys);
    else expectPositive('loss.ms', loss.ms);
  }
  expectDelay('outageMs', demand.outageMs);
  expectSize('memoryBytes', demand.memoryBytes);
  expectDelay('leastDelayMs', leastDelayMs);
}

function expectPositive(name: string, value: number): void {
  if (value > 0 && value < Infinity) return;
  throw unexpected(name, 'a number above 0', value);
}
