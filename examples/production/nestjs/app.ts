import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

// #region dress
/** What is about the application as a whole: for `main.ts`, and for tests. */
export function dress(app: NestExpressApplication): NestExpressApplication {
  app.disable('x-powered-by');
  app.useBodyParser('json', { limit: '10kb' });
  const description = new DocumentBuilder()
    .setTitle('Cache strategies')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('docs', app, () =>
    SwaggerModule.createDocument(app, description),
  );
  return app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
}
// #endregion dress
