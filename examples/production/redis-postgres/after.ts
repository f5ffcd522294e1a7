import { openPostgres } from '../../services/any-postgres.ts';
import { type AnyRedis, openRedis } from '../../services/any-redis.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { interruptible } from './interruptible.ts';
import { type Show, story } from './story.ts';

export interface DemoOptions {
  readonly redis?: () => Promise<AnyRedis>;
  /** Default: as what they are, figures that differ from run to run. */
  readonly show?: Show;
  /** Ends it early, and nothing of it is left. */
  readonly signal?: AbortSignal;
}

export async function demo(
  print: Print,
  options: DemoOptions = {},
): Promise<void> {
  const { show = () => '…', signal = new AbortController().signal } = options;
  const postgres = await openPostgres();
  const redis = await (options.redis ?? openRedis)();
  print(`PostgreSQL: ${postgres.what}`);
  print(`Redis: ${redis.what}`);
  try {
    await story({ postgres, redis }, { print, show, signal });
  } finally {
    await redis.stop();
    await postgres.stop();
  }
}

function inDigits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en');
}

if (isMain('production/redis-postgres/after')) {
  void interruptible((signal) => demo(console.log, { show: inDigits, signal }));
}
