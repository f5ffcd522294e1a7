/** Answers a balancer, an orchestrator and Prometheus. */
import { createServer, type Server } from 'node:http';
import type { Registry } from 'prom-client';
import type { Health } from './health.ts';

export interface MonitoringSources {
  readonly registry: Pick<Registry, 'metrics' | 'contentType'>;
  readonly health: () => Health;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

// #region answer
async function answer(
  path: string | undefined,
  { registry, health }: MonitoringSources,
): Promise<Answer> {
  switch (path) {
    case '/live':
      return json(200, { state: 'alive' });
    case '/ready': {
      const judgement = health();
      return json(judgement.state === 'unhealthy' ? 503 : 200, judgement);
    }
    case '/metrics': {
      const body = await registry.metrics();
      return { status: 200, type: registry.contentType, body };
    }
    default:
      return json(404, { error: 'expected /live, /ready or /metrics' });
  }
}
// #endregion answer

/** To be bound to an address that strangers cannot reach. */
export function monitoringServer(sources: MonitoringSources): Server {
  return createServer(async ({ url }, response) => {
    const { status, type, body } = await answer(url, sources).catch(
      (error: unknown) => json(500, { error: String(error) }),
    );
    response.writeHead(status, { 'content-type': type }).end(body);
  });
}

function json(status: number, content: unknown): Answer {
  const body = `${JSON.stringify(content)}\n`;
  return { status, type: 'application/json', body };
}
