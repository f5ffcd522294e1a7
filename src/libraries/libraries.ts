import type { Library } from './library.ts';
import { bullmq } from './studied/bullmq.ts';
import { caffeine } from './studied/caffeine.ts';
import { coherence } from './studied/coherence.ts';
import { ehcache } from './studied/ehcache.ts';
import { geode } from './studied/geode.ts';
import { hazelcast } from './studied/hazelcast.ts';
import { ignite } from './studied/ignite.ts';
import { infinispan } from './studied/infinispan.ts';
import { ncache } from './studied/ncache.ts';
import { redisson } from './studied/redisson.ts';
import { rgsync } from './studied/rgsync.ts';
import { ueberdb } from './studied/ueberdb.ts';

/** In the order of the page. */
export const libraries: readonly Library[] = [
  hazelcast,
  ehcache,
  coherence,
  infinispan,
  ignite,
  redisson,
  rgsync,
  ncache,
  caffeine,
  ueberdb,
  bullmq,
  geode,
];
