/** A cache in Redis that several processes share, and whose entries expire. */
import type { RedisClientType } from 'redis';
import type { SharedCache } from '../../shared/shared-cache.ts';
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

export class RedisCache<V> implements SharedCache<string, V> {
  readonly #client: RedisClientType;
  readonly #prefix: string;

  constructor(client: RedisClientType, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
  }

  async get(key: string): Promise<Row<V> | undefined> {
    const text = await this.#client.get(this.#prefix + key);
    return text === null ? undefined : decode(text);
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
