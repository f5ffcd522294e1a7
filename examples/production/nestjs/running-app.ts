/** The application in this process, for tests. */
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Clock } from '../../shared/clock.ts';
import { HurriedClock } from '../../write-behind/shutdown/hurried-clock.ts';
import { dress } from './app.ts';
import { AppModule } from './app-module.ts';
import { DATABASE } from './database.ts';
import { type Environment, settingsFrom } from './settings.ts';
import { SimulatedDatabase } from './simulated-database.ts';

export interface RunningApp {
  readonly app: NestExpressApplication;
  readonly url: string;
  readonly port: number;
  readonly database: SimulatedDatabase;
  /** Sends what it is given as it is, or as JSON. */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
}

/** What an answer may have, beside all else. */
export interface AnswerBody {
  readonly product?: unknown;
  readonly message?: unknown;
  readonly expected?: unknown;
  readonly state?: unknown;
  readonly reasons?: unknown;
  readonly pendingWrites?: unknown;
  readonly paths?: Readonly<Record<string, { readonly put?: object }>>;
  readonly components?: { readonly schemas?: { ChangeProduct?: object } };
  /** Of one that is no JSON. */
  readonly text?: string;
}

/** Over a database that takes no time, until it hangs. */
export async function runApp(
  environment: Environment = {},
  clock?: Clock,
): Promise<RunningApp> {
  const settings = settingsFrom({ PORT: '0', ...environment });
  const database = new SimulatedDatabase({
    ...settings,
    ...{ readMs: 0, writeMs: 0 },
  });
  const builder = Test.createTestingModule({
    imports: [AppModule.for(settings)],
  })
    .overrideProvider(DATABASE)
    .useValue(database);
  if (clock !== undefined) {
    builder.overrideProvider(HurriedClock).useValue(new HurriedClock(clock));
  }
  const module = await builder.compile();
  const app = module.createNestApplication<NestExpressApplication>({
    bodyParser: false,
    logger: false,
  });
  await dress(app).listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    ...{ app, url, port, database },
    ask: (method, path, body) => ask(method, `${url}${path}`, body),
    [Symbol.asyncDispose]: () => app.close(),
  };
}

async function ask(
  method: string,
  url: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', connection: 'close' },
    ...(body !== undefined && {
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') ? JSON.parse(text) : { text },
  };
}
