import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { WriteBehindMetrics } from './write-behind-metrics.ts';
import { WriteBehindMonitor } from './write-behind-monitor.ts';

function setUp() {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs: 20, clock });
  const registry = new Registry();
  const metrics = new WriteBehindMetrics(registry);
  const open = (name: string) => {
    const monitor = new WriteBehindMonitor<string, number>({
      ...{ store, clock },
      onDeadLetter: () => {},
    });
    metrics.add(name, monitor);
    const cache = new WriteBehindCache<string, number>({
      ...monitor.ports,
      random: () => 0.5,
    });
    return { monitor, cache };
  };
  const lines = async (metric: string) => {
    const text = await registry.metrics();
    return text.split('\n').filter((line) => line.startsWith(metric));
  };
  return { clock, store, registry, metrics, open, lines };
}

test('what it exports is what is recorded', async () => {
  const { clock, store, registry, open } = setUp();
  const { cache, monitor } = open('sessions');
  store.failNextWrites(new Error('connection reset'));
  await cache.set('linh', 1);
  await cache.set('linh', 2);
  await cache.set('haruka', 1);
  await clock.until(cache.flush());
  store.breakKey('minh', Object.assign(new Error(), { permanent: true }));
  await cache.set('minh', 1);
  await clock.until(cache.flush());
  monitor.reconciled(0);
  await cache.set('linh', 3);
  await clock.advance(500);
  await expect(await registry.metrics()).toMatchFileSnapshot('metrics.txt');
});

test('two caches of a process are two values of a label', async () => {
  const { open, lines } = setUp();
  const { cache } = open('sessions');
  open('views');
  await cache.set('linh', 1);
  expect(await lines('write_behind_queue_size')).toEqual([
    'write_behind_queue_size{cache="sessions"} 1',
    'write_behind_queue_size{cache="views"} 0',
  ]);
});

test('two caches cannot share a name', () => {
  const { open } = setUp();
  open('sessions');
  expect(() => open('sessions')).toThrow(
    'there is a cache named sessions already',
  );
});

test('counters stand there with 0 before they count', async () => {
  const { open, lines } = setUp();
  open('views');
  expect(await lines('write_behind_retries_total')).toEqual([
    'write_behind_retries_total{cache="views"} 0',
  ]);
  expect(await lines('write_behind_flush_duration_seconds_count')).toEqual([
    'write_behind_flush_duration_seconds_count{cache="views",outcome="stored"} 0',
    'write_behind_flush_duration_seconds_count{cache="views",outcome="partial"} 0',
    'write_behind_flush_duration_seconds_count{cache="views",outcome="failed"} 0',
  ]);
});

test('two scrapes at the same time count nothing twice', async () => {
  const { open, registry } = setUp();
  const { cache } = open('views');
  await cache.set('home', 1);
  const texts = await Promise.all([registry.metrics(), registry.metrics()]);
  for (const text of texts) {
    expect(text).toContain('write_behind_accepted_total{cache="views"} 1\n');
  }
});

test('drift is absent, not 0, before anybody has compared', async () => {
  const { open, lines } = setUp();
  const { monitor } = open('views');
  expect(await lines('write_behind_drift_keys')).toEqual([]);
  expect(await lines('write_behind_reconciled_timestamp_seconds')).toEqual([]);
  monitor.reconciled(0);
  expect(await lines('write_behind_drift_keys')).toEqual([
    'write_behind_drift_keys{cache="views"} 0',
  ]);
  expect(await lines('write_behind_reconciled_timestamp_seconds')).toEqual([
    'write_behind_reconciled_timestamp_seconds{cache="views"} 0',
  ]);
});
