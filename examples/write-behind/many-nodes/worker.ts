import type { RedisClientType } from 'redis';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { expectSize } from '../../shared/expect-option.ts';
import { Leases } from './leases.ts';
import { type PartitionLog, PartitionOwner } from './partition-owner.ts';
import {
  type Claim,
  FencedOutError,
  type PartitionedStore,
} from './partitioned-store.ts';
import { WriteQueue, type WriteQueueOptions } from './write-queue.ts';

// #region options
export interface WorkerOptions<V> extends WriteQueueOptions {
  /** The name of this worker, which no other has, now or later. */
  readonly worker: string;
  readonly store: PartitionedStore<V>;
  /** How long a partition waits for a worker that is gone. Default: 10,000. */
  readonly leaseMs?: number;
  /** Operations that are read, and written, at a time. Default: 100. */
  readonly maxBatchSize?: number;
  /** All that fails is tried again. Somebody should know. */
  readonly onError: (error: unknown) => void;
  readonly onChange?: (change: OwnershipChange) => void;
  readonly clock?: Clock;
}

export interface OwnershipChange extends Claim {
  readonly type: 'taken' | 'given back' | 'lost';
}
// #endregion options

interface Ownership<V> {
  readonly claim: Claim;
  readonly owner: PartitionOwner<V>;
  /** Resolves when the lease is somebody else's concern. */
  readonly ended: Promise<void>;
  isLeaving: boolean;
}

/** Owns its share of the partitions, and brings their writes to the store. */
export class Worker<V> {
  readonly #options: WorkerOptions<V>;
  readonly #clock: Clock;
  readonly #maxBatchSize: number;
  readonly #queue: WriteQueue<V>;
  readonly #leases: Leases;
  readonly #owned = new Map<number, Ownership<V>>();
  /** Tokens that the store has seen, where Redis has forgotten them. */
  readonly #seen = new Map<number, number>();
  readonly #subscriber: RedisClientType;
  #cancelTick = () => {};
  #ticking: Promise<void> | undefined;
  #isTickDue = false;
  #closing: Promise<void> | undefined;

  static async start<V>(options: WorkerOptions<V>): Promise<Worker<V>> {
    const worker = new Worker(options);
    try {
      await worker.#start();
      return worker;
    } catch (error) {
      worker.#cancelStart();
      throw error;
    }
  }

  private constructor(options: WorkerOptions<V>) {
    const { redis, clock = systemClock, maxBatchSize = 100 } = options;
    expectSize('maxBatchSize', maxBatchSize);
    this.#options = options;
    this.#clock = clock;
    this.#maxBatchSize = maxBatchSize;
    this.#queue = new WriteQueue(options);
    this.#leases = new Leases({ ...options, queue: this.#queue });
    this.#subscriber = redis.duplicate();
    this.#subscriber.on('error', options.onError);
  }

  /** Stores what is on its way, and hands its partitions over. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#cancelTick();
    this.#subscriber.destroy();
    await this.#ticking;
    const owned = [...this.#owned.values()];
    for (const ownership of owned) this.#giveBack(ownership);
    await Promise.all(owned.map(({ ended }) => ended));
    await this.#leases.leave();
    await this.#leases.announce();
  }

  async #start(): Promise<void> {
    await this.#subscriber.connect();
    await this.#leases.listen(this.#subscriber, () => this.#tick());
    await this.#leases.heartbeat();
    // The others shall give back what is too much for them now.
    await this.#leases.announce();
    this.#tick();
  }

  /** A connection that is open keeps its process. */
  #cancelStart(): void {
    this.#closing = Promise.resolve();
    this.#cancelTick();
    if (this.#subscriber.isOpen) this.#subscriber.destroy();
  }

  // #region tick
  /** One at a time. What it is asked for meanwhile, it does afterwards. */
  #tick(): void {
    this.#isTickDue = true;
    this.#ticking ??= this.#runTicks();
  }

  async #runTicks(): Promise<void> {
    this.#cancelTick();
    while (this.#isTickDue && this.#closing === undefined) {
      this.#isTickDue = false;
      try {
        await this.#balance();
      } catch (error) {
        this.#options.onError(error);
      }
    }
    // In one step with the question whether another is due.
    this.#ticking = undefined;
    if (this.#closing !== undefined) return;
    const { leaseMs } = this.#leases;
    this.#cancelTick = this.#clock.schedule(leaseMs / 3, () => this.#tick());
  }
  // #endregion tick

  // #region balance
  async #balance(): Promise<void> {
    const workers = await this.#leases.heartbeat();
    for (const ownership of this.#owned.values()) {
      if (!(await this.#leases.renew(ownership.claim))) {
        this.#end(ownership, 'lost');
      }
    }
    const { partitions } = this.#queue;
    const share = Math.ceil(partitions / workers);
    const staying = [...this.#owned.values()].filter((one) => !one.isLeaving);
    for (const tooMany of staying.slice(share)) this.#giveBack(tooMany);
    for (let partition = 0; partition < partitions; partition += 1) {
      if (this.#owned.size >= share || this.#closing) return;
      if (!this.#owned.has(partition)) await this.#take(partition);
    }
  }
  // #endregion balance

  // #region take
  async #take(partition: number): Promise<void> {
    const above = this.#seen.get(partition);
    const claim = await this.#leases.acquire(partition, above);
    if (claim === undefined) return;
    try {
      const store = await this.#options.store.claim(claim);
      // Or what is written from now on could look as if it were stored.
      await this.#queue.raise(partition, store.position);
      const log = await this.#openLog(partition);
      const { onError } = this.#options;
      const clock = this.#clock;
      const owner = new PartitionOwner({ log, store, onError, clock });
      this.#own(claim, owner);
    } catch (error) {
      if (error instanceof FencedOutError) {
        this.#seen.set(partition, error.seen);
        this.#isTickDue = true;
      }
      this.#options.onError(error);
      // Another may have more luck with it.
      await this.#leases.release(claim);
    }
  }
  // #endregion take

  #own(claim: Claim, owner: PartitionOwner<V>): void {
    const ended = owner.ended.then(async (how) => {
      if (how === 'fenced out') this.#end(ownership, 'lost');
      // Nobody else can take it before.
      if (this.#end(ownership, 'given back')) await this.#release(claim);
    });
    const ownership = { claim, owner, ended, isLeaving: false };
    this.#owned.set(claim.partition, ownership);
    this.#options.onChange?.({ type: 'taken', ...claim });
  }

  #giveBack(ownership: Ownership<V>): void {
    ownership.isLeaving = true;
    ownership.owner.stop();
  }

  /** False if it has ended before. */
  #end(ownership: Ownership<V>, type: OwnershipChange['type']): boolean {
    const { claim, owner } = ownership;
    if (this.#owned.get(claim.partition) !== ownership) return false;
    this.#owned.delete(claim.partition);
    owner.stop();
    this.#options.onChange?.({ type, ...claim });
    return true;
  }

  async #release(claim: Claim): Promise<void> {
    try {
      await this.#leases.release(claim);
      await this.#leases.announce();
    } catch (error) {
      // It passes by itself, only later.
      this.#options.onError(error);
    }
  }

  /** Each partition waits on a connection of its own. */
  async #openLog(partition: number): Promise<PartitionLog<V>> {
    const redis = this.#options.redis.duplicate();
    redis.on('error', this.#options.onError);
    await redis.connect();
    const options = {
      redis,
      count: this.#maxBatchSize,
      waitMs: this.#leases.leaseMs,
    };
    return {
      read: (after) => this.#queue.read(partition, after, options),
      settle: (operations) => this.#queue.settle(partition, operations),
      raise: (version) => this.#queue.raise(partition, version),
      bury: (operation, error) => this.#queue.bury(partition, operation, error),
      close: () => redis.destroy(),
    };
  }
}
