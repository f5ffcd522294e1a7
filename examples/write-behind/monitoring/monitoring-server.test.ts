import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { type Health, healthOf } from './health.ts';
import { monitoringServer } from './monitoring-server.ts';
import { WriteBehindMetrics } from './write-behind-metrics.ts';
import { WriteBehindMonitor } from './write-behind-monitor.ts';

async function answersOf(
  server: Server,
  ask: (
    get: (path: string) => Promise<{ status: number; body: string }>,
  ) => Promise<void>,
): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    await ask(async (path) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers: { connection: 'close' },
      });
      return { status: response.status, body: await response.text() };
    });
  } finally {
    server.close();
  }
}

function serverFor(health: () => Health): Server {
  return monitoringServer({ registry: new Registry(), health });
}

test('while its store hangs, a service is alive and not ready', async () => {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ clock });
  const onDeadLetter = () => {};
  // #region setup
  const monitor = new WriteBehindMonitor<string, number>({
    ...{ store, clock, onDeadLetter },
  });
  const cache = new WriteBehindCache<string, number>({ ...monitor.ports });

  const registry = new Registry();
  const metrics = new WriteBehindMetrics(registry);
  metrics.add('sessions', monitor);
  const server = monitoringServer({
    registry,
    health: () => healthOf(monitor.readings()),
  });
  // #endregion setup
  await answersOf(server, async (get) => {
    store.hang();
    await cache.set('linh', 1);
    expect((await get('/ready')).status).toBe(200);
    await clock.advance(60_001);
    const { status, body } = await get('/ready');
    expect(status).toBe(503);
    expect(JSON.parse(body)).toEqual({
      state: 'unhealthy',
      reasons: ['oldestAgeMs is 60001, above 60000'],
    });
    expect((await get('/live')).status).toBe(200);
    expect((await get('/metrics')).body).toContain(
      'write_behind_oldest_age_seconds{cache="sessions"} 60.001\n',
    );
    store.recover();
    await clock.until(cache.flush());
    expect((await get('/ready')).status).toBe(200);
  });
});

test('one that is degraded goes on taking requests', async () => {
  const reasons = ['driftKeys is 2, above 0'];
  const server = serverFor(() => ({ state: 'degraded', reasons }));
  await answersOf(server, async (get) => {
    const { status, body } = await get('/ready');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ state: 'degraded', reasons });
  });
});

test('another path is told which there are', async () => {
  const server = serverFor(() => ({ state: 'healthy', reasons: [] }));
  await answersOf(server, async (get) => {
    const { status, body } = await get('/health');
    expect(status).toBe(404);
    expect(body).toContain('expected /live, /ready or /metrics');
  });
});

test('what fails is an answer, and the server lives', async () => {
  const fail = () => {
    throw new Error('out of order');
  };
  const contentType = Registry.PROMETHEUS_CONTENT_TYPE;
  const server = monitoringServer({
    registry: { metrics: async () => fail(), contentType },
    health: fail,
  });
  await answersOf(server, async (get) => {
    for (const path of ['/ready', '/metrics']) {
      const { status, body } = await get(path);
      expect(status).toBe(500);
      expect(body).toContain('out of order');
    }
    expect((await get('/live')).status).toBe(200);
  });
});
