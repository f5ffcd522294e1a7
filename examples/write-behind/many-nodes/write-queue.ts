import type { RedisClientType } from 'redis';
import { expectSize } from '../../shared/expect-option.ts';
import type { Operation } from '../../shared/store.ts';
import { partitionOf } from './partition-of.ts';

export interface WriteQueueOptions {
  /** Connected already. Whoever has made it closes it. */
  readonly redis: RedisClientType;
  /** Begins the names of all that it keeps in Redis. Example: `users`. */
  readonly name: string;
  /** For ever the same: another number sends keys to other owners. */
  readonly partitions: number;
  /** Operations that may wait in a partition. Default: 10,000. */
  readonly maxPending?: number;
}

export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
}

/** Partitions of writes in Redis, each of them a stream with one reader. */
export class WriteQueue<V> {
  readonly name: string;
  readonly partitions: number;
  readonly #redis: RedisClientType;
  readonly #maxPending: number;

  constructor(options: WriteQueueOptions) {
    const { redis, name, partitions, maxPending = 10_000 } = options;
    expectSize('partitions', partitions);
    expectSize('maxPending', maxPending);
    this.name = name;
    this.partitions = partitions;
    this.#redis = redis;
    this.#maxPending = maxPending;
  }

  // #region append
  /** Resolves with the version once Redis has it. No value is a delete. */
  async append(key: string, value?: V): Promise<number> {
    const partition = partitionOf(key, this.partitions);
    const version = await this.#redis.eval(appendScript, {
      keys: [
        this.#stream(partition),
        this.#pending(partition),
        this.keyOf(partition, 'version'),
      ],
      arguments: [
        String(this.#maxPending),
        key,
        value === undefined ? '' : jsonOf(key, value),
      ],
    });
    if (version !== null) return Number(version);
    throw new QueueFullError(
      `partition ${partition}: ${this.#maxPending} operations wait`,
    );
  }
  // #endregion append

  /** The newest operation on the key that the store may not have yet. */
  async pending(key: string): Promise<Operation<string, V> | undefined> {
    const partition = partitionOf(key, this.partitions);
    const found = await this.#redis.hGet(this.#pending(partition), key);
    if (found === null) return undefined;
    const space = found.indexOf(' ');
    return operationFrom(
      Number(found.slice(0, space)),
      key,
      found.slice(space + 1),
    );
  }

  /** What waits behind that version. `waitMs` is how long it waits for some. */
  async read(
    partition: number,
    after: number,
    options: {
      readonly count: number;
      readonly waitMs: number;
      /** One that nobody else uses: others would wait as well. */
      readonly redis: RedisClientType;
    },
  ): Promise<readonly Operation<string, V>[]> {
    const { count, waitMs, redis } = options;
    const streams = await redis.xRead(
      { key: this.#stream(partition), id: `${after}-0` },
      { COUNT: count, BLOCK: waitMs },
    );
    const [stream] = streams ?? [];
    const entries: readonly Entry[] = stream?.messages ?? [];
    return entries.map(({ id, message: { key = '', value = '' } }) =>
      operationFrom(Number.parseInt(id, 10), key, value),
    );
  }

  // #region settle
  /** Forgets these operations, which are all up to the last of them. */
  async settle(
    partition: number,
    operations: readonly Operation<string, V>[],
  ): Promise<void> {
    const last = operations.at(-1);
    if (last === undefined) return;
    await this.#redis.eval(settleScript, {
      keys: [this.#stream(partition), this.#pending(partition)],
      arguments: [
        String(last.version + 1),
        ...operations.flatMap(({ key, version }) => [key, `${version} `]),
      ],
    });
  }
  // #endregion settle

  // #region raise
  /**
   * From now on, all versions are above that one: the store has it, and Redis
   * may have lost it, and its clock may be behind.
   */
  async raise(partition: number, version: number): Promise<void> {
    await this.#redis.eval(raiseScript, {
      keys: [this.keyOf(partition, 'version')],
      arguments: [String(version)],
    });
  }
  // #endregion raise

  /** Puts aside what the store will never take. */
  async bury(
    partition: number,
    operation: Operation<string, V>,
    error: unknown,
  ): Promise<void> {
    await this.#redis.xAdd(this.keyOf(partition, 'dead'), '*', {
      operation: JSON.stringify(operation),
      error: String(error),
    });
  }

  /** In a cluster, what stands in braces decides where the keys are. */
  keyOf(partition: number, what: string): string {
    return `{${this.name}:${partition}}:${what}`;
  }

  #stream(partition: number): string {
    return this.keyOf(partition, 'stream');
  }

  #pending(partition: number): string {
    return this.keyOf(partition, 'pending');
  }
}

// #region scripts
/** The stream, what is pending, the last version; the bound, key and value. */
const appendScript = `
  if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return false end
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  local last = redis.call('GET', KEYS[3]) or 0
  local version = string.format('%.0f', math.max(now, last + 1))
  redis.call('XADD', KEYS[1], version .. '-0', 'key', ARGV[2], 'value', ARGV[3])
  redis.call('SET', KEYS[3], version)
  redis.call('HSET', KEYS[2], ARGV[2], version .. ' ' .. ARGV[3])
  return version`;

/** The stream, what is pending; the first to keep, and each key and version. */
const settleScript = `
  redis.call('XTRIM', KEYS[1], 'MINID', ARGV[1])
  for i = 2, #ARGV, 2 do
    local pending = redis.call('HGET', KEYS[2], ARGV[i])
    if pending and string.find(pending, ARGV[i + 1], 1, true) == 1 then
      redis.call('HDEL', KEYS[2], ARGV[i])
    end
  end`;
// #endregion scripts

/** The last version; what it shall be at least. */
const raiseScript = `
  local last = tonumber(redis.call('GET', KEYS[1]) or 0)
  if last < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[1]) end`;

/** Of a function, for one, JSON says nothing, and would make it a delete. */
function jsonOf(key: string, value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json !== undefined) return json;
  throw new TypeError(
    `${key}: expected what JSON can hold, got ${typeof value}`,
  );
}

interface Entry {
  readonly id: string;
  readonly message: Readonly<Record<string, string>>;
}

function operationFrom<V>(
  version: number,
  key: string,
  value: string,
): Operation<string, V> {
  return value === ''
    ? { type: 'delete', key, version }
    : { type: 'set', key, value: JSON.parse(value), version };
}
