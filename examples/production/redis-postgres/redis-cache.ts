/** A cache in Redis that several processes share, and whose entries expire. */
import { randomInt } from 'node:crypto';
import type { RedisClientType } from 'redis';
import type { LeasingCache, RowOrLease } from '../../shared/shared-cache.ts';
import type { Row } from '../../shared/table.ts';

// #region script
/** An entry is a version and, behind a space, the value if there is one. */
const keepNewest = `
local held = redis.call('GET', KEYS[1])
local version = held and tonumber(string.match(held, '^%d+'))
if not version or version <= tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
end`;
// #endregion script

// #region lease-scripts
/** A lease stands where its row will: whatever changes the key ends it. */
const findOrLease = `
local held = redis.call('GET', KEYS[1])
if not held then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
return held`;

const fillLeased = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;
// #endregion lease-scripts

export class RedisCache<V> implements LeasingCache<string, V> {
  readonly #client: RedisClientType;
  readonly #prefix: string;

  constructor(client: RedisClientType, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
  }

  async get(key: string): Promise<Row<V> | undefined> {
    const text = await this.#client.get(this.#prefix + key);
    return text === null || isLease(text) ? undefined : decode(text);
  }

  async put(key: string, row: Row<V>, ttlMs: number): Promise<void> {
    await this.#client.set(this.#prefix + key, encode(row), {
      expiration: { type: 'PX', value: wholeMs(ttlMs) },
    });
  }

  // #region offer
  async offer(key: string, row: Row<V>, ttlMs: number): Promise<void> {
    await this.#client.eval(keepNewest, {
      keys: [this.#prefix + key],
      arguments: [`${row.version}`, encode(row), `${wholeMs(ttlMs)}`],
    });
  }
  // #endregion offer

  async remove(key: string): Promise<void> {
    await this.#client.del(this.#prefix + key);
  }

  async getOrLease(key: string, leaseMs: number): Promise<RowOrLease<V>> {
    // Drawn, not counted: a Redis that forgets would count anew.
    const lease = randomInt(2 ** 48 - 1);
    const held = await this.#client.eval(findOrLease, {
      keys: [this.#prefix + key],
      arguments: [leaseText(lease), `${wholeMs(leaseMs)}`],
    });
    if (typeof held !== 'string') return { type: 'lease', lease };
    if (isLease(held)) return { type: 'busy' };
    return { type: 'row', row: decode(held) };
  }

  async fill(
    key: string,
    row: Row<V>,
    lease: number,
    ttlMs: number,
  ): Promise<boolean> {
    const filled = await this.#client.eval(fillLeased, {
      keys: [this.#prefix + key],
      arguments: [leaseText(lease), encode(row), `${wholeMs(ttlMs)}`],
    });
    return filled === 1;
  }
}

function leaseText(lease: number): string {
  return `lease ${lease}`;
}

function isLease(text: string): boolean {
  return text.startsWith('lease');
}

/** A row without a value says that there is none. */
function encode({ value, version }: Row<unknown>): string {
  return value === undefined
    ? `${version}`
    : `${version} ${JSON.stringify(value)}`;
}

function decode<V>(text: string): Row<V> {
  const space = text.indexOf(' ');
  if (space === -1) return { value: undefined, version: Number(text) };
  return {
    value: JSON.parse(text.slice(space)),
    version: Number(text.slice(0, space)),
  };
}

function wholeMs(ms: number): number {
  return Math.max(1, Math.floor(ms));
}
