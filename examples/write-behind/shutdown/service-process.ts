/** The service in a process of its own, and what its clients know of it. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { type Ended, Guard, type Guarded } from '../../services/guard.ts';
import type { Server } from '../../services/server.ts';
import { projectFile } from '../../shared/project-file.ts';
import type { Operation } from '../../shared/store.ts';
import type { Settings } from './main.ts';
import { createTable, type Session } from './session-store.ts';

/** What became of the writes that were acknowledged. */
export interface Balance {
  readonly acknowledged: number;
  readonly stored: number;
  /** Of those that are not stored, how many the service has kept. */
  readonly kept: number;
  readonly lost: number;
}

export class ServiceProcess {
  readonly #guard: Guard;
  readonly #guarded: Guarded;
  readonly #port: number;
  /** By user, the last session that was acknowledged. */
  readonly #acknowledged = new Map<string, number>();
  #writes = 0;

  static async start(
    postgres: Server,
    settings: Omit<Settings, 'database'>,
  ): Promise<ServiceProcess> {
    await query(postgres, `DROP TABLE IF EXISTS user_sessions; ${createTable}`);
    const guard = await Guard.open();
    try {
      const guarded = guard.run(process.execPath, [
        ...['--import', typeScript()],
        projectFile('examples/write-behind/shutdown/main.ts'),
        JSON.stringify({ ...settings, database: postgres.url }),
      ]);
      await guarded.printed('.\n');
      return new ServiceProcess(guard, guarded);
    } catch (error) {
      await guard.close();
      throw error;
    }
  }

  private constructor(guard: Guard, guarded: Guarded) {
    this.#guard = guard;
    this.#guarded = guarded;
    this.#port = Number(guarded.output.match(/listens on (\d+)/)?.[1]);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** What it has printed since it listens. */
  get lines(): readonly string[] {
    return this.#guarded.output.trim().split('\n').slice(1);
  }

  get ended(): Promise<Ended> {
    return this.#guarded.ended;
  }

  printed(text: string): Promise<void> {
    return this.#guarded.printed(text);
  }

  signal(signal: NodeJS.Signals): void {
    this.#guarded.signal(signal);
  }

  /** Whether it was acknowledged. */
  async write(user: string): Promise<boolean> {
    this.#writes += 1;
    const number = this.#writes;
    const body = JSON.stringify({ page: `/${number}` });
    const url = `${this.url}/${user}`;
    const answer = await fetch(url, { method: 'PUT', body }).catch(() => {});
    if (answer?.status !== 204) return false;
    const last = this.#acknowledged.get(user) ?? 0;
    this.#acknowledged.set(user, Math.max(last, number));
    return true;
  }

  /**
   * Users who go from page to page until they are refused. Says how many of
   * their writes are acknowledged.
   */
  async underLoad(
    users: number,
    onWrite: (acknowledged: number) => void,
  ): Promise<void> {
    let acknowledged = await this.signIn('user', users);
    const clients = Array.from({ length: users }, async (_, index) => {
      while (await this.write(`user-${index + 1}`)) {
        acknowledged += 1;
        onWrite(acknowledged);
      }
    });
    await Promise.all(clients);
  }

  /** Returns how many of them were acknowledged. */
  async signIn(name: string, users: number): Promise<number> {
    let acknowledged = 0;
    for (let number = 1; number <= users; number += 1) {
      if (await this.write(`${name}-${number}`)) acknowledged += 1;
    }
    return acknowledged;
  }

  /** To be asked when it has ended. */
  async balance(postgres: Server): Promise<Balance> {
    const rows = await query<{ user_id: string; page: string }>(
      postgres,
      "SELECT user_id, session_data->>'page' AS page FROM user_sessions",
    );
    const stored = new Map(rows.map((row) => [row.user_id, numberOf(row)]));
    const kept = new Map(
      this.#left().map((operation) => [
        operation.key,
        operation.type === 'set' ? numberOf(operation.value) : Infinity,
      ]),
    );
    const all = [...this.#acknowledged];
    const isIn =
      (place: ReadonlyMap<string, number>) =>
      ([user, number]: [string, number]) =>
        (place.get(user) ?? 0) >= number;
    const missing = all.filter((write) => !isIn(stored)(write));
    const lost = missing.filter((write) => !isIn(kept)(write));
    return {
      acknowledged: all.length,
      stored: all.length - missing.length,
      kept: missing.length - lost.length,
      lost: lost.length,
    };
  }

  #left(): readonly Operation<string, Session>[] {
    const file = path.join(this.#guard.directory, 'left.jsonl');
    if (!fs.existsSync(file)) return [];
    const lines = fs.readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line));
  }

  async close(): Promise<void> {
    await this.#guard.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

async function query<Row extends pg.QueryResultRow>(
  { url }: Server,
  text: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(text);
    return rows;
  } finally {
    await client.end();
  }
}

function numberOf({ page }: { readonly page: string }): number {
  return Number(page.slice(1));
}

/** It runs in a directory of its own, where no packages are. */
function typeScript(): string {
  const file = projectFile('node_modules/jiti/lib/jiti-register.mjs');
  return pathToFileURL(file).href;
}
