/** What the store lacks of each key, and since when. */
import type { Settled } from '../../shared/journal.ts';

export class UnstoredWrites<K> {
  readonly #keys = new Map<K, Unstored>();

  /** Keys, not changes: this is what a bound of the queue counts. */
  get size(): number {
    return this.#keys.size;
  }

  // #region since
  accept({ key, version }: Settled<K>, now: number): void {
    const known = this.#keys.get(key);
    if (known === undefined) {
      this.#keys.set(key, { ...neverSent, since: now, newest: version });
      return;
    }
    known.newest = version;
    // What is on its way does not bring this change along.
    if (known.sent !== undefined) known.sinceSent ??= now;
  }

  settle({ key, version }: Settled<K>): void {
    const known = this.#keys.get(key);
    if (known === undefined) return;
    if (version >= known.newest) {
      this.#keys.delete(key);
    } else if (version === known.sent && known.sinceSent !== undefined) {
      Object.assign(known, neverSent, { since: known.sinceSent });
    }
  }
  // #endregion since

  /** Says whether the same operation has set out before. */
  setOut({ key, version }: Settled<K>, now: number): boolean {
    const known = this.#keys.get(key);
    if (known === undefined) return false;
    if (known.sent === version) return true;
    known.sent = version;
    // A newer one may be accepted in the very moment in which this one leaves.
    known.sinceSent = known.newest > version ? now : undefined;
    return false;
  }

  /** How long the change that has waited longest has waited. */
  oldestAge(now: number): number {
    let oldest = now;
    for (const { since } of this.#keys.values()) {
      oldest = Math.min(oldest, since);
    }
    return now - oldest;
  }
}

interface Unstored {
  /** When the first change was acknowledged that the store lacks. */
  since: number;
  /** The version of the last one. */
  newest: number;
  /** The version that has set out last. */
  sent: number | undefined;
  /** When the first change was acknowledged that `sent` does not carry. */
  sinceSent: number | undefined;
}

const neverSent = { sent: undefined, sinceSent: undefined };
