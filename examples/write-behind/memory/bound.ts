import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import { type Product, spareParts } from '../../shared/product.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { estimateBytes } from './estimate-bytes.ts';
import { ExpiringWriteBehind } from './expiring-write-behind.ts';

const parts = spareParts(1000);

/** A crawler reads the catalogue, while a slow store takes new prices. */
export async function demo(print: Print): Promise<void> {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, Product>({
    rows: parts.map((part) => [part.id, part]),
    writeMs: 60_000,
    clock,
  });
  // #region bound
  const cache = new ExpiringWriteBehind<string, Product>({
    ...{ store, clock },
    ttlMs: 3_600_000,
    maxBytes: 100_000,
    maxPending: 300,
    whenFull: 'reject',
    sizeOf: (id, part) => estimateBytes(id) + estimateBytes(part),
  });
  // #endregion bound
  const show = (what: string) => {
    const { pending, writing, ...stats } = cache.stats();
    const bytes = stats.cleanBytes.toLocaleString('en').padStart(7);
    print(
      `${what.padEnd(17)} ${String(pending + writing).padStart(4)} dirty, ` +
        `${String(stats.cleanEntries).padStart(3)} clean in ${bytes} bytes`,
    );
  };
  const crawl = async () => {
    for (const { id } of parts) await cache.get(id);
  };
  const raise = (part: Product) =>
    cache.set(part.id, { ...part, cents: part.cents + 100 });

  await crawl();
  show('1,000 reads');
  for (const part of parts.slice(0, 300)) await raise(part);
  show('300 new prices');
  await crawl();
  show('1,000 reads');
  let seen = 0;
  for (const { id, cents } of parts) {
    const part = await cache.get(id);
    if (part?.cents === cents + 100) seen += 1;
  }
  print(`Readers see ${seen} new prices.`);
  const [other] = parts.slice(300);
  if (other) await raise(other).catch((error) => print(String(error)));
  await clock.until(cache.flush());
  show('a flush');
}

if (isMain('write-behind/memory/bound')) void demo(console.log);
