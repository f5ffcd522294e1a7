import {
  expectDelay,
  expectSize,
  unexpected,
} from '../../shared/expect-option.ts';

// #region settings
export interface Settings {
  readonly port: number;
  /** Without it, a simulated database. */
  readonly databaseUrl: string | undefined;
  /** Without it, a cache in the memory of the process. */
  readonly redisUrl: string | undefined;
  /** Milliseconds that a call of the cache is waited for. */
  readonly cacheTimeoutMs: number;
  /** Who shows it may see the writes that wait. Without it, nobody may. */
  readonly queueToken: string | undefined;
  /** Keys that may wait for the database. */
  readonly maxPending: number;
  /** Milliseconds that a write waits for company. */
  readonly maxDelayMs: number;
  /** Milliseconds that a write may wait until the process is not ready. */
  readonly maxAgeMs: number;
  /** Where what the database never took is kept, a line an operation. */
  readonly leftFile: string;
  /** Milliseconds in which balancers notice that the process ends. */
  readonly noticeMs: number;
  /** Milliseconds in which all that waits must be stored then. */
  readonly drainMs: number;
  /** A line in the log for each request. */
  readonly logsRequests: boolean;
  /** Of the simulated database. */
  readonly readMs: number;
  readonly writeMs: number;
  /** How many products it has at first. */
  readonly products: number;
}
// #endregion settings

/** Of the injected settings. */
export const SETTINGS = Symbol('settings');

export type Environment = Readonly<Record<string, string | undefined>>;

export function settingsFrom(environment: Environment): Settings {
  const text = (name: string) => environment[name] || undefined;
  const number = (name: string, otherwise: number) =>
    Number(text(name) ?? otherwise);
  const settings: Settings = {
    port: number('PORT', 3000),
    databaseUrl: text('DATABASE_URL'),
    redisUrl: text('REDIS_URL'),
    cacheTimeoutMs: number('CACHE_TIMEOUT_MS', 50),
    queueToken: text('QUEUE_TOKEN'),
    maxPending: number('MAX_PENDING', 10_000),
    maxDelayMs: number('MAX_DELAY_MS', 1000),
    maxAgeMs: number('MAX_AGE_MS', 60_000),
    leftFile: text('LEFT_FILE') ?? 'left.jsonl',
    noticeMs: number('NOTICE_MS', 0),
    drainMs: number('DRAIN_MS', 10_000),
    logsRequests: text('LOG_REQUESTS') !== 'no',
    readMs: number('READ_MS', 20),
    writeMs: number('WRITE_MS', 100),
    products: number('PRODUCTS', 3),
  };
  const { port, queueToken, maxPending } = settings;
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw unexpected('PORT', 'a port, or 0 for a free one', text('PORT'));
  }
  if (queueToken !== undefined && queueToken.length < 16) {
    throw new RangeError('QUEUE_TOKEN: expected 16 characters or more');
  }
  expectDelay('CACHE_TIMEOUT_MS', settings.cacheTimeoutMs);
  expectSize('MAX_PENDING', maxPending);
  expectDelay('MAX_DELAY_MS', settings.maxDelayMs);
  expectDelay('MAX_AGE_MS', settings.maxAgeMs);
  if (settings.maxAgeMs <= settings.maxDelayMs) {
    // It would not be ready whenever a write waits for company.
    throw unexpected('MAX_AGE_MS', 'more than MAX_DELAY_MS', settings.maxAgeMs);
  }
  expectDelay('NOTICE_MS', settings.noticeMs);
  expectDelay('DRAIN_MS', settings.drainMs);
  expectDelay('READ_MS', settings.readMs);
  expectDelay('WRITE_MS', settings.writeMs);
  expectSize('PRODUCTS', settings.products);
  return settings;
}
