import { isolatePoison } from '../../production/redis-postgres/isolate-poison.ts';
import type { Place } from '../../production/redis-postgres/place.ts';
import { PostgresStore } from '../../production/redis-postgres/postgres-store.ts';
import {
  type Session,
  sessions,
} from '../../production/redis-postgres/sessions.ts';
import { sessionsBehind } from '../../production/redis-postgres/wiring.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import type { Work } from '../harness/rounds.ts';
import { refuse, sessionOf } from './acknowledgements.ts';
import {
  type BareRow,
  copyAndMerge,
  incoming,
  recordset,
  rowByRow,
  type Upsert,
  unnest,
} from './bare-upserts.ts';

export const batchSize = 100;

export type FlushName =
  | 'row-by-row'
  | 'unnest'
  | 'recordset'
  | 'copy'
  | 'flush'
  | 'flush-redis';

export interface Flushes {
  readonly works: Readonly<Record<FlushName, Work>>;
  close(): Promise<void>;
}

/** Each has rows of its own, and the same ones each time. One connection. */
export async function flushes(
  place: Place,
  rows: number,
  singleRows: number,
): Promise<Flushes> {
  const first = await place.pool.connect();
  await first.query(incoming);
  first.release();
  let version = 1;
  const bare = (name: string, upsert: Upsert, count = rows): Work => ({
    operations: count,
    prepare() {
      version += 1;
      const all = bareRows(name, count, version);
      return async () => {
        const client = await place.pool.connect();
        for (let start = 0; start < all.length; start += batchSize) {
          await upsert(client, all.slice(start, start + batchSize));
        }
        client.release();
      };
    },
  });
  const store = isolatePoison(new PostgresStore(place.pool, sessions));
  const options = { maxBatchSize: batchSize, maxDelayMs: 60_000 };
  const caches = {
    flush: new WriteBehindCache({ ...options, store }),
    'flush-redis': sessionsBehind(place, refuse, options),
  };
  const behind = (name: keyof typeof caches): Work => ({
    operations: rows,
    prepare() {
      const all = Array.from({ length: rows }, (_, index) => sessionOf(index));
      return async () => {
        const cache = caches[name];
        for (const [index, session] of all.entries()) {
          await cache.set(`${name}-${index}`, session);
        }
        await cache.flush();
      };
    },
  });
  const works = {
    'row-by-row': bare('row', rowByRow, singleRows),
    unnest: bare('unnest', unnest),
    recordset: bare('recordset', recordset),
    copy: bare('copy', copyAndMerge),
    flush: behind('flush'),
    'flush-redis': behind('flush-redis'),
  };
  return {
    works,
    async close() {
      for (const cache of Object.values(caches)) await cache.close();
    },
  };
}

function bareRows(
  name: string,
  count: number,
  version: number,
): readonly BareRow[] {
  return Array.from({ length: count }, (_, index) => {
    const { lastActivity, ...data }: Session = sessionOf(index);
    return {
      key: `${name}-${index}`,
      data,
      at: new Date(lastActivity),
      version,
    };
  });
}
