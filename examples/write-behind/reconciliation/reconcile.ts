/**
 * Compares a cache with its store while both are in use, and mends what has
 * drifted. To own it, copy this file and those that it imports.
 */
import { sleep } from '../../shared/clock.ts';
import { unexpected } from '../../shared/expect-option.ts';
import { within } from '../../shared/timeout.ts';
import { type Drift, driftKindOf, type Pair } from './drift.ts';
import {
  type Cursor,
  type DriftReport,
  type RepairOutcome,
  Tally,
} from './drift-report.ts';
import {
  type ReconcileOptions,
  type Settings,
  settingsFrom,
} from './reconcile-options.ts';
import type { Page, Rows } from './side.ts';

/** Reports after each page. Whoever keeps `next` can go on from there. */
export function reconcile<V>(
  options: ReconcileOptions<V>,
  from: Cursor = { side: 'cache' },
): AsyncGenerator<DriftReport, void> {
  const settings = settingsFrom(options);
  if (from.side === 'store' && settings.cacheHolds === 'some') {
    throw unexpected('from', "a cursor in a cache that holds 'some'", 'store');
  }
  return new Reconciliation(settings).walk(from);
}

class Reconciliation<V> {
  readonly #settings: Settings<V>;
  readonly #tally: Tally;
  /** Pages that wait for their second look: as many as `graceMs` lets pass. */
  readonly #waiting: LookedAt[] = [];

  constructor(settings: Settings<V>) {
    this.#settings = settings;
    this.#tally = new Tally(settings.maxSamples);
  }

  // #region walk
  async *walk(from: Cursor): AsyncGenerator<DriftReport, void> {
    const { clock, graceMs } = this.#settings;
    let cursor: Cursor | undefined = from;
    while (cursor !== undefined) {
      const page: Page<V> | undefined = await this.#pageAt(cursor);
      if (page === undefined) break;
      const suspects = await this.#firstLook(cursor, page.rows);
      cursor = this.#cursorAfter(cursor, page);
      const due = clock.now() + graceMs;
      this.#waiting.push({ suspects, due, next: cursor });
      yield* this.#settleUpTo(clock.now());
    }
    yield* this.#settleUpTo(Infinity);
    // Without a page, nobody knows where the one after it begins.
    if (cursor !== undefined) yield this.#tally.report(cursor);
  }

  /** In the order of the walk: what comes before `next` is done. */
  async *#settleUpTo(end: number): AsyncGenerator<DriftReport, void> {
    const { clock } = this.#settings;
    for (let page = this.#waiting[0]; page; page = this.#waiting[0]) {
      const { suspects, due, next } = page;
      if (suspects.size > 0) {
        if (due > end) return;
        await sleep(clock, Math.max(0, due - clock.now()));
        await this.#secondLook(suspects);
      }
      this.#waiting.shift();
      yield this.#tally.report(next);
    }
  }
  // #endregion walk

  #pageAt({ side, from }: Cursor): Promise<Page<V> | undefined> {
    const { [side]: walked, pageSize } = this.#settings;
    return this.#attempt(() => walked.page(pageSize, from));
  }

  #cursorAfter({ side }: Cursor, { next }: Page<V>): Cursor | undefined {
    if (next !== undefined) return { side, from: next };
    const isEnd = side === 'store' || this.#settings.cacheHolds === 'some';
    return isEnd ? undefined : { side: 'store' };
  }

  // #region first-look
  /** Finds what differs, for whatever reason. */
  async #firstLook({ side }: Cursor, rows: Rows<V>): Promise<Suspects> {
    const suspects = new Map<string, string>();
    const other = side === 'cache' ? 'store' : 'cache';
    const found = await this.#lookUp(other, [...rows.keys()]);
    for (const [key, row] of found === undefined ? [] : rows) {
      const match = found?.get(key);
      // What the cache has was compared on the walk through the cache.
      if (side === 'store' && match !== undefined) continue;
      const pair = { cache: match, store: match, [side]: row };
      if (this.#kindOf(pair) === undefined) this.#tally.compared += 1;
      else suspects.set(key, versionsOf(pair));
    }
    await this.#pause();
    return suspects;
  }
  // #endregion first-look

  async #lookUp(
    side: Cursor['side'],
    keys: readonly string[],
  ): Promise<Rows<V> | undefined> {
    if (keys.length === 0) return new Map();
    const { [side]: asked } = this.#settings;
    const found = await this.#attempt(() => asked.lookUp(keys));
    if (found === undefined) this.#tally.notCompared += keys.length;
    return found;
  }

  // #region second-look
  /** Drift differs still, has not changed, and has no write on its way. */
  async #secondLook(suspects: Suspects): Promise<void> {
    const look = await this.#attempt(() =>
      this.#lookAgain([...suspects.keys()]),
    );
    if (look === undefined) this.#tally.notCompared += suspects.size;
    for (const [key, { pair, isPending }] of look ?? []) {
      const kind = this.#kindOf(pair);
      const hasChanged = versionsOf(pair) !== suspects.get(key);
      if (kind === undefined) {
        this.#tally.compared += 1;
      } else if (isPending || hasChanged) {
        this.#tally.unsettled += 1;
      } else {
        const outcome = await this.#repair({ key, kind, ...pair });
        this.#tally.addDrift({ key, kind, outcome });
      }
    }
    await this.#pause();
  }

  async #lookAgain(keys: readonly string[]): Promise<Map<string, Look<V>>> {
    const { cache, store } = this.#settings;
    const before = await this.#pendingOf(keys);
    const [cached, stored] = await Promise.all([
      cache.lookUp(keys),
      store.lookUp(keys),
    ]);
    const after = await this.#pendingOf(keys);
    return new Map(
      keys.map((key, index) => {
        const pair = { cache: cached.get(key), store: stored.get(key) };
        const isPending = before[index] === true || after[index] === true;
        return [key, { pair, isPending }];
      }),
    );
  }
  // #endregion second-look

  #pendingOf(keys: readonly string[]): Promise<boolean[]> {
    const { isPending } = this.#settings;
    return Promise.all(keys.map(async (key) => isPending(key)));
  }

  #kindOf(pair: Pair<V>) {
    return driftKindOf(pair, this.#settings.isEqual);
  }

  // #region repair
  async #repair(drift: Drift<V>): Promise<RepairOutcome> {
    try {
      const right = this.#settings.repair?.(drift);
      if (right === undefined) return 'left';
      if (right !== 'cache' && right !== 'store') {
        const expected = "'cache', 'store' or undefined, at once";
        throw unexpected('repair', expected, right);
      }
      const wrong = right === 'cache' ? 'store' : 'cache';
      const { [wrong]: side, clock, timeoutMs } = this.#settings;
      const replacing = side.replace(drift.key, drift[wrong], drift[right]);
      const isDone = await within(clock, timeoutMs, replacing);
      return isDone ? 'repaired' : 'overtaken';
    } catch (error) {
      this.#tally.lastError = error;
      return 'failed';
    }
  }
  // #endregion repair

  /** Undefined where it has failed each time. */
  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    const { clock, attempts, timeoutMs, retryMs } = this.#settings;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await within(clock, timeoutMs, work());
      } catch (error) {
        this.#tally.lastError = error;
        if (attempt >= attempts) return undefined;
        await sleep(clock, retryMs);
      }
    }
  }

  #pause(): Promise<void> {
    const { clock, pagesPerSecond } = this.#settings;
    return sleep(clock, 1000 / pagesPerSecond);
  }
}

/** The keys that differ, each with the versions that were seen. */
type Suspects = ReadonlyMap<string, string>;

interface LookedAt {
  readonly suspects: Suspects;
  /** When the second look may come. */
  readonly due: number;
  readonly next: Cursor | undefined;
}

interface Look<V> {
  readonly pair: Pair<V>;
  readonly isPending: boolean;
}

function versionsOf({ cache, store }: Pair<unknown>): string {
  return `${cache?.version} ${store?.version}`;
}
