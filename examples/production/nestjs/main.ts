import 'reflect-metadata';
import { ConsoleLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { isMain } from '../../shared/main.ts';
import { dress } from './app.ts';
import { AppModule } from './app-module.ts';
import { settingsFrom } from './settings.ts';

// #region serve
async function serve(): Promise<void> {
  const settings = settingsFrom(process.env);
  const logger = new ConsoleLogger({ json: true, flattenParams: true });
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.for(settings),
    // Its own parser takes ten times as much.
    { bodyParser: false, logger },
  );
  await dress(app).listen(settings.port);
  logger.log('listens', { url: await app.getUrl() });
}
// #endregion serve

if (isMain('production/nestjs/main')) void serve();
