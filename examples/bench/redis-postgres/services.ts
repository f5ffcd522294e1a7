import {
  openPlace,
  type Place,
} from '../../production/redis-postgres/place.ts';
import { startPostgres } from '../../services/postgres.ts';
import { startRedis } from '../../services/redis.ts';
import type { Scale } from '../harness/benchmark.ts';
import { timeRounds, type Work } from '../harness/rounds.ts';

/** A commit takes its time: more rounds would take minutes. */
const mostRounds = 5;

/** A PostgreSQL and a Redis of one's own, with as many connections. */
export async function withPlace<T>(
  connections: number,
  work: (place: Place) => Promise<T>,
): Promise<T> {
  await using redis = await startRedis({ appendfsync: 'everysec' });
  await using postgres = await startPostgres();
  const place = await openPlace(
    { postgres, redis },
    // On a machine that is busy, Redis may take too long now and then.
    () => {},
    { max: connections, connectionTimeoutMillis: 0 },
  );
  try {
    return await work(place);
  } finally {
    await place.close();
  }
}

export function timeReal<Name extends string>(
  works: Readonly<Record<Name, Work>>,
  scale: Scale,
) {
  return timeRounds(works, {
    ...scale,
    rounds: Math.min(scale.rounds, mostRounds),
    warmUps: Math.min(scale.warmUps, 1),
    now: () => performance.now(),
  });
}
