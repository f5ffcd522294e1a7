import type { RedisClientType } from 'redis';
import { expectDelay, unexpected } from '../../shared/expect-option.ts';
import type { Claim } from './partitioned-store.ts';
import type { WriteQueue } from './write-queue.ts';

export interface LeasesOptions {
  readonly redis: RedisClientType;
  readonly queue: Pick<WriteQueue<unknown>, 'name' | 'keyOf'>;
  /** The name of this worker, which no other has. */
  readonly worker: string;
  /** How long a partition waits for a worker that is gone. Default: 10,000. */
  readonly leaseMs?: number;
}

/** Who owns what, in Redis and by its clock: each for a while, unless renewed. */
export class Leases {
  readonly leaseMs: number;
  readonly #redis: RedisClientType;
  readonly #queue: LeasesOptions['queue'];
  readonly #worker: string;

  constructor(options: LeasesOptions) {
    const { redis, queue, worker, leaseMs = 10_000 } = options;
    expectDelay('leaseMs', leaseMs);
    if (leaseMs < 1) throw unexpected('leaseMs', 'at least 1', leaseMs);
    this.leaseMs = leaseMs;
    this.#redis = redis;
    this.#queue = queue;
    this.#worker = worker;
  }

  // #region lease
  /** Undefined where somebody has it. The token is higher than `above`. */
  async acquire(partition: number, above = 0): Promise<Claim | undefined> {
    const token = await this.#redis.eval(acquireScript, {
      keys: [this.#lease(partition), this.#queue.keyOf(partition, 'token')],
      arguments: [String(above), this.#worker, String(this.leaseMs)],
    });
    return token === null ? undefined : { partition, token: Number(token) };
  }

  /** Whether it was still this worker's, which it is for a while again. */
  async renew({ partition, token }: Claim): Promise<boolean> {
    const renewed = await this.#redis.eval(renewScript, {
      keys: [this.#lease(partition)],
      arguments: [this.#holder(token), String(this.leaseMs)],
    });
    return renewed === 1;
  }

  async release({ partition, token }: Claim): Promise<void> {
    await this.#redis.eval(releaseScript, {
      keys: [this.#lease(partition)],
      arguments: [this.#holder(token)],
    });
  }
  // #endregion lease

  /** Says that this worker is alive, and tells how many there are. */
  async heartbeat(): Promise<number> {
    const alive = await this.#redis.eval(heartbeatScript, {
      keys: [this.#workers],
      arguments: [this.#worker, String(this.leaseMs)],
    });
    return Number(alive);
  }

  async leave(): Promise<void> {
    await this.#redis.zRem(this.#workers, this.#worker);
  }

  /** Wakes all workers: there is something to take, or to give. */
  async announce(): Promise<void> {
    await this.#redis.publish(this.#workers, this.#worker);
  }

  /** `subscriber` is a connection that does nothing else. */
  async listen(
    subscriber: RedisClientType,
    listener: () => void,
  ): Promise<void> {
    await subscriber.subscribe(this.#workers, listener);
  }

  get #workers(): string {
    return `${this.#queue.name}:workers`;
  }

  #lease(partition: number): string {
    return this.#queue.keyOf(partition, 'lease');
  }

  #holder(token: number): string {
    return `${this.#worker} ${token}`;
  }
}

// #region scripts
const acquireScript = `
  if redis.call('EXISTS', KEYS[1]) == 1 then return false end
  local last = math.max(redis.call('GET', KEYS[2]) or 0, ARGV[1])
  local token = string.format('%.0f', last + 1)
  redis.call('SET', KEYS[2], token)
  redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. token, 'PX', ARGV[3])
  return token`;

const renewScript = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

const releaseScript = `
  if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

const heartbeatScript = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
  return redis.call('ZCARD', KEYS[1])`;
// #endregion scripts
