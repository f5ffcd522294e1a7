import { Injectable } from '@nestjs/common';
import {
  WriteBehindCache,
  type WriteStatus,
} from '../../strategies/write-behind/write-behind-cache.ts';
import { WriteBehindMonitor } from '../../write-behind/monitoring/write-behind-monitor.ts';
import { HurriedClock } from '../../write-behind/shutdown/hurried-clock.ts';
import { PendingWrites } from './pending-writes.ts';
import type { Product } from './products.ts';

/** Of so many, the oldest first. */
const mostShown = 100;

export interface ShownWrite {
  readonly id: number;
  readonly status: WriteStatus;
  readonly ageMs: number;
  readonly product: Product | undefined;
}

@Injectable()
export class QueueStatus {
  readonly #cache: WriteBehindCache<string, Product>;
  readonly #monitor: WriteBehindMonitor<string, Product>;
  readonly #pendingWrites: PendingWrites<string, Product>;
  readonly #clock: HurriedClock;

  constructor(
    cache: WriteBehindCache<string, Product>,
    monitor: WriteBehindMonitor<string, Product>,
    pendingWrites: PendingWrites<string, Product>,
    clock: HurriedClock,
  ) {
    this.#cache = cache;
    this.#monitor = monitor;
    this.#pendingWrites = pendingWrites;
    this.#clock = clock;
  }

  // #region figures
  /** Counts and ages, for everybody. */
  figures() {
    const { queueSize, oldestAgeMs, retries, deadLetters } =
      this.#monitor.readings();
    const { accepted, coalesced, persisted } = this.#cache.stats();
    return {
      queueSize,
      oldestAgeMs: Math.round(oldestAgeMs),
      ...{ accepted, coalesced, persisted, retries, deadLetters },
    };
  }

  /** Payloads, for few. */
  pendingWrites(): ShownWrite[] {
    const now = this.#clock.now();
    return this.#pendingWrites
      .first(mostShown)
      .map(({ operation, acceptedAt }) => ({
        id: Number(operation.key),
        status: this.#cache.status(operation.key),
        ageMs: Math.round(now - acceptedAt),
        product: operation.type === 'set' ? operation.value : undefined,
      }));
  }
  // #endregion figures
}
