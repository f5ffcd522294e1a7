import type { NestExpressApplication } from '@nestjs/platform-express';
import {
  DocumentBuilder,
  type OpenAPIObject,
  SwaggerModule,
} from '@nestjs/swagger';

// #region dress
/** What is about the application as a whole: for `main.ts`, and for tests. */
export function dress(app: NestExpressApplication): NestExpressApplication {
  app.disable('x-powered-by');
  // Or `null` would be refused as if it were no JSON.
  app.useBodyParser('json', { limit: '10kb', strict: false });
  SwaggerModule.setup('docs', app, () => apiOf(app));
  return app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
}
// #endregion dress

/** The description of its API, with all that an endpoint may answer. */
export function apiOf(app: NestExpressApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Cache strategies')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, description);
}
