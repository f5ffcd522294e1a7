import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  Inject,
  Injectable,
  Logger,
  type NestMiddleware,
} from '@nestjs/common';
import { Histogram, Registry } from 'prom-client';
import { SETTINGS, type Settings } from './settings.ts';

/** Express adds the route that has taken the request. */
interface RoutedRequest extends IncomingMessage {
  readonly route?: { readonly path: string };
}

/** Each request, as a line for people and as a number for Prometheus. */
@Injectable()
export class RequestLog implements NestMiddleware {
  readonly #log = new Logger(RequestLog.name);
  readonly #logsRequests: boolean;
  readonly #seconds: Histogram<'method' | 'route' | 'status'>;

  constructor(registry: Registry, @Inject(SETTINGS) settings: Settings) {
    this.#logsRequests = settings.logsRequests;
    this.#seconds = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'How long requests took, by what came of them',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.005, 0.025, 0.1, 0.25, 1, 5],
      registers: [registry],
    });
  }

  // #region use
  use(request: RoutedRequest, response: ServerResponse, next: () => void) {
    const begin = performance.now();
    response.once('close', () => {
      const ms = performance.now() - begin;
      const method = request.method ?? '';
      // Not the path: whoever makes up paths would make up time series.
      const route = request.route?.path ?? 'none';
      const status = response.writableFinished ? response.statusCode : 499;
      this.#seconds.observe({ method, route, status }, ms / 1000);
      if (!this.#logsRequests) return;
      const [path] = request.url?.split('?') ?? [];
      this.#log.log('request', {
        ...{ method, path: path?.slice(0, 200), status },
        ms: Math.round(ms * 10) / 10,
      });
    });
    next();
  }
  // #endregion use
}
