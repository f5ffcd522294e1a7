import type {
  CallHandler,
  ExecutionContext,
  NestInterceptor,
} from '@nestjs/common';
import { map, type Observable } from 'rxjs';

/** Adds to an answer what it took, from the pipes to the service's promise. */
export class Latency implements NestInterceptor<object, object> {
  intercept(
    _: ExecutionContext,
    next: CallHandler<object>,
  ): Observable<object> {
    const begin = performance.now();
    return next.handle().pipe(
      map((answer) => {
        const latency = performance.now() - begin;
        return { ...answer, latencyMs: Math.round(latency * 10) / 10 };
      }),
    );
  }
}
