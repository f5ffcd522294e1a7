/** What an orchestrator asks, and Prometheus. */
import {
  Controller,
  Get,
  Header,
  Inject,
  ServiceUnavailableException,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import {
  defaultThresholds,
  type Health,
  healthOf,
} from '../../write-behind/monitoring/health.ts';
import { WriteBehindMonitor } from '../../write-behind/monitoring/write-behind-monitor.ts';
import { Draining } from './draining.ts';
import type { Product } from './products.ts';
import { SETTINGS, type Settings } from './settings.ts';

// #region health
@ApiExcludeController()
@Controller('health')
export class HealthController {
  readonly #monitor: WriteBehindMonitor<string, Product>;
  readonly #draining: Draining;
  readonly #settings: Settings;

  constructor(
    monitor: WriteBehindMonitor<string, Product>,
    draining: Draining,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.#monitor = monitor;
    this.#draining = draining;
    this.#settings = settings;
  }

  @Get('live')
  live() {
    return { state: 'alive' };
  }

  @Get('ready')
  ready(): Health {
    const health = this.#health();
    if (health.state !== 'unhealthy') return health;
    throw new ServiceUnavailableException(health);
  }

  #health(): Health {
    if (!this.#draining.isReady) {
      return { state: 'unhealthy', reasons: ['the process is ending'] };
    }
    const { maxPending, maxAgeMs } = this.#settings;
    const degraded = Math.ceil(maxPending * 0.1);
    const unhealthy = Math.ceil(maxPending * 0.8);
    return healthOf(this.#monitor.readings(), {
      ...defaultThresholds,
      queueSize: { degraded, unhealthy },
      oldestAgeMs: { degraded: Math.ceil(maxAgeMs / 6), unhealthy: maxAgeMs },
    });
  }
}
// #endregion health

@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  readonly #registry: Registry;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  @Get()
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  metrics(): Promise<string> {
    return this.#registry.metrics();
  }
}
