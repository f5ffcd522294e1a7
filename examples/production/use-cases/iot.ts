import type { Clock } from '../../shared/clock.ts';
import type { Store } from '../../shared/store.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';

export interface Reading {
  /** By the clock of the device. */
  readonly at: number;
  readonly celsius: number;
}

export const devices = 500;

// #region settings
export const settings = {
  maxBatchSize: devices,
  maxDelayMs: 10_000,
  // A key a device: no outage, however long, takes more.
  maxPending: devices,
} as const;
// #endregion settings

// #region readings
/** What each device has said last, late and in any order as it comes. */
export class LatestReadings {
  readonly #readings: WriteBehindCache<string, Reading>;

  constructor(store: Store<string, Reading>, clock: Clock) {
    // An hour of maintenance must not use the attempts up.
    const retry = { attempts: 1000, maxDelayMs: 10_000 };
    this.#readings = new WriteBehindCache({ ...settings, retry, store, clock });
  }

  async report(device: string, reading: Reading): Promise<void> {
    await this.#readings.update(device, (last) =>
      last !== undefined && last.at >= reading.at ? last : reading,
    );
  }

  latest(device: string): Promise<Reading | undefined> {
    return this.#readings.get(device);
  }
}
// #endregion readings
