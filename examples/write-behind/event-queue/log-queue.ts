/**
 * Puts a log between a write-behind cache and the store: the cache keeps each
 * write for its readers until whoever consumes the log has stored it.
 */
import { type Clock, systemClock } from '../../shared/clock.ts';
import { expectDelay } from '../../shared/expect-option.ts';
import type { Journal } from '../../shared/journal.ts';
import type { Operation, Store } from '../../shared/store.ts';
import type { EventLog, LoggedMessage, Place } from './event-log.ts';
import { messageOf, operationOf } from './operation-message.ts';

// #region options
export interface LogQueueOptions<V> {
  readonly log: Pick<EventLog, 'publish' | 'acknowledged' | 'tail'>;
  /** The rows, as the consumer of the log leaves them. */
  readonly rows: Pick<Store<string, V>, 'read'>;
  /** Told why the log does not answer. It is asked again. */
  readonly onError: (error: unknown) => void;
  /** Milliseconds between two looks at what is acknowledged. Default: 200. */
  readonly lookMs?: number;
  readonly clock?: Clock;
}
// #endregion options

export class LogQueue<V> {
  readonly #settings: Required<LogQueueOptions<V>>;
  /** Where the last operation of each key is, until it is stored. */
  readonly #places = new Map<string, Place & { readonly version: number }>();
  readonly #waiting = new Set<Waiting>();
  #isLooking = false;
  #lastVersion = 0;

  constructor(options: LogQueueOptions<V>) {
    this.#settings = { lookMs: 200, clock: systemClock, ...options };
    expectDelay('lookMs', this.#settings.lookMs);
  }

  // #region ports
  /** For the cache: a write is acknowledged once it is on the log. */
  readonly journal: Journal<string, V> = {
    append: (operation) => this.#append(operation),
    // Nothing is forgotten from here: the log keeps by its own rules.
    settle: async () => {},
    replay: () => this.#replay(),
    lastVersion: async () => this.#lastVersion,
  };

  /** For the cache: an operation is stored once the consumer is past it. */
  readonly store: Store<string, V> = {
    read: (key) => this.#settings.rows.read(key),
    write: (batch) => this.#stored(batch),
  };
  // #endregion ports

  // #region append
  async #append(operation: Operation<string, V>): Promise<void> {
    const place = await this.#settings.log.publish(messageOf(operation));
    const { key, version } = operation;
    this.#places.set(key, { ...place, version });
  }

  async #stored(batch: readonly Operation<string, V>[]): Promise<void> {
    const ends = batch.map(({ key }) => {
      const place = this.#places.get(key);
      if (place !== undefined) return place;
      throw new Error(`${key} is not on the log: pass the journal as well`);
    });
    await Promise.all(ends.map((place) => this.#passed(place)));
    for (const { key, version } of batch) {
      if (this.#places.get(key)?.version === version) this.#places.delete(key);
    }
  }
  // #endregion append

  async #replay(): Promise<readonly Operation<string, V>[]> {
    const tail = await this.#settings.log.tail();
    const acknowledged = await this.#settings.log.acknowledged();
    return tail.flatMap((message) => {
      const operation = this.#decoded(message);
      if (operation === undefined) return [];
      const { key, version } = operation;
      this.#lastVersion = Math.max(this.#lastVersion, version);
      if (isPast(acknowledged, message)) return [];
      const { partition, position } = message;
      this.#places.set(key, { partition, position, version });
      return [operation];
    });
  }

  /** Its consumer sets aside what is not for us. */
  #decoded(message: LoggedMessage): Operation<string, V> | undefined {
    try {
      return operationOf<V>(message);
    } catch {
      return undefined;
    }
  }

  // #region look
  #passed(place: Place): Promise<void> {
    const passed = new Promise<void>((pass) => {
      this.#waiting.add({ place, pass });
    });
    if (!this.#isLooking) void this.#look();
    return passed;
  }

  async #look(): Promise<void> {
    this.#isLooking = true;
    const { log, lookMs, clock, onError } = this.#settings;
    try {
      const acknowledged = await log.acknowledged();
      for (const waiting of this.#waiting) {
        if (!isPast(acknowledged, waiting.place)) continue;
        this.#waiting.delete(waiting);
        waiting.pass();
      }
    } catch (error) {
      onError(error);
    }
    this.#isLooking = this.#waiting.size > 0;
    if (this.#isLooking) clock.schedule(lookMs, () => void this.#look());
  }
  // #endregion look
}

interface Waiting {
  readonly place: Place;
  readonly pass: () => void;
}

function isPast(
  acknowledged: ReadonlyMap<number, number>,
  { partition, position }: Place,
): boolean {
  const end = acknowledged.get(partition);
  return end !== undefined && end >= position;
}
