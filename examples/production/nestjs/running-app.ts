/** The application in this process, for tests. */
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Clock } from '../../shared/clock.ts';
import { HurriedClock } from '../../write-behind/shutdown/hurried-clock.ts';
import { apiOf, dress } from './app.ts';
import { AppModule } from './app-module.ts';
import { DATABASE } from './database.ts';
import { expectDescribed } from './expect-described.ts';
import { type Environment, settingsFrom } from './settings.ts';
import { SimulatedDatabase } from './simulated-database.ts';

export interface RunningApp {
  readonly app: NestExpressApplication;
  readonly url: string;
  readonly port: number;
  readonly database: SimulatedDatabase;
  /**
   * Sends texts and bytes as they are, and all else as JSON. The answer is one
   * that the description of the API has.
   */
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
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
  const api = apiOf(app);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    ...{ app, url, port, database },
    async ask(method, path, body, headers) {
      const answer = await ask(method, `${url}${path}`, body, headers);
      expectDescribed(api, method, path, answer);
      return answer;
    },
    [Symbol.asyncDispose]: () => app.close(),
  };
}

async function ask(
  method: string,
  url: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      connection: 'close',
      ...headers,
    },
    ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') ? JSON.parse(text) : { text },
  };
}
