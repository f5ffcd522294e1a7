import { CacheModule } from '@nestjs/cache-manager';
import {
  type DynamicModule,
  Logger,
  type MiddlewareConsumer,
  Module,
  type NestModule,
} from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ExpectObject, validation } from './body-pipes.ts';
import { CacheAsideProducts } from './cache-aside-products.ts';
import { cacheStore } from './cache-store.ts';
import { databaseProvider } from './database-provider.ts';
import { Draining } from './draining.ts';
import {
  HealthController,
  MetricsController,
} from './operations-controllers.ts';
import {
  CacheAsideController,
  ReadThroughController,
  WriteBehindController,
  WriteThroughController,
} from './products-controller.ts';
import { QueueController } from './queue-controller.ts';
import { QueueStatus } from './queue-status.ts';
import { ReadThroughProducts } from './read-through-products.ts';
import { Refusals } from './refusals.ts';
import { RequestLog } from './request-log.ts';
import { SETTINGS, type Settings } from './settings.ts';
import { WriteBehindProducts } from './write-behind-products.ts';
import { writeBehindProviders } from './write-behind-providers.ts';
import { WriteThroughProducts } from './write-through-products.ts';

// #region module
@Module({})
export class AppModule implements NestModule {
  static for(settings: Settings): DynamicModule {
    const log = new Logger('Cache');
    const store = cacheStore(settings.redisUrl, (error) => log.warn(error));
    return {
      module: AppModule,
      imports: [CacheModule.register({ stores: [store], isGlobal: true })],
      controllers: [
        QueueController,
        CacheAsideController,
        ReadThroughController,
        WriteThroughController,
        WriteBehindController,
        HealthController,
        MetricsController,
      ],
      providers: [
        { provide: SETTINGS, useValue: settings },
        databaseProvider,
        ...writeBehindProviders,
        CacheAsideProducts,
        ReadThroughProducts,
        WriteThroughProducts,
        WriteBehindProducts,
        QueueStatus,
        Draining,
        { provide: APP_PIPE, useClass: ExpectObject },
        { provide: APP_PIPE, useFactory: validation },
        { provide: APP_FILTER, useClass: Refusals },
      ],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(RequestLog).forRoutes('{*all}');
  }
}
// #endregion module
