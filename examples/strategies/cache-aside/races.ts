import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Table } from '../../shared/table.ts';
import { haruka, type User } from '../../shared/user.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { DeleteAfterCommit } from './delete-after-commit.ts';
import type { FormClass } from './form.ts';
import { Leases } from './leases.ts';
import { DeleteBeforeCommit } from './naive-delete-before-commit.ts';
import { Versions } from './versions.ts';

const minute = 60_000;

/** Haruka's row, and two processes that read and write it in one form. */
export function setUp(Form: FormClass) {
  const clock = new VirtualClock();
  const table = new InMemoryStore<string, User>({
    rows: [['haruka', haruka]],
    readMs: 5,
    writeMs: 20,
    clock,
  });
  const cache = new InMemoryCache<string, User>({ getMs: 1, setMs: 1, clock });
  const process = (itsTable: Table<string, User> = table) =>
    new Form(itsTable, cache, minute);
  return { clock, table, cache, process };
}

export type Ending = 'fresh' | 'stale';
export type Race = (Form: FormClass) => Promise<Ending>;

/** Whether a read sees the row, once all is over. */
async function ending({
  clock,
  table,
  process,
}: ReturnType<typeof setUp>): Promise<Ending> {
  const seen = await clock.until(process().get('haruka'));
  return seen?.plan === table.peek('haruka')?.plan ? 'fresh' : 'stale';
}

const pro: User = { ...haruka, plan: 'pro' };

/** The commit is 18 ms away: the reader is done before. */
export const early: Race = async (Form) => {
  const world = setUp(Form);
  const { clock, process } = world;
  const writing = process().set('haruka', pro);
  await clock.advance(2);
  const reading = process().get('haruka');
  await clock.until(Promise.all([writing, reading]));
  return ending(world);
};

/** The commit is 2 ms away: the reader looks before it, and fills after it. */
export const late: Race = async (Form) => {
  const world = setUp(Form);
  const { clock, process } = world;
  const writing = process().set('haruka', pro);
  await clock.advance(18);
  const reading = process().get('haruka');
  await clock.until(Promise.all([writing, reading]));
  return ending(world);
};

/** Likewise, and the cache is empty again when the reader fills it. */
export const restart: Race = async (Form) => {
  const world = setUp(Form);
  const { clock, cache, process } = world;
  const writing = process().set('haruka', pro);
  await clock.advance(18);
  const reading = process().get('haruka');
  await clock.until(writing);
  cache.clear();
  await clock.until(reading);
  return ending(world);
};

/** The row is cached, and the writer does nothing more once it is committed. */
export const death: Race = async (Form) => {
  const world = setUp(Form);
  const { clock, table, process } = world;
  await clock.until(process().get('haruka'));
  void process(lastCall(table)).set('haruka', pro);
  await clock.advance(100);
  return ending(world);
};

/** A table as it is to a process that dies before it hears of its commit. */
export function lastCall<K, V>(table: Table<K, V>): Table<K, V> {
  const never = new Promise<never>(() => {});
  return {
    find: (key) => table.find(key),
    put: (key, value) => table.put(key, value).then(() => never),
    remove: (key) => table.remove(key).then(() => never),
  };
}

export async function demo(print: Print): Promise<void> {
  const forms: [string, FormClass][] = [
    ['delete before commit', DeleteBeforeCommit],
    ['delete after commit', DeleteAfterCommit],
    ['versions', Versions],
    ['leases', Leases],
  ];
  const row = (name: string, cells: readonly string[]) =>
    print([name.padEnd(21), ...cells].join('  '));
  row('', ['early', 'late ', 'cache   ', 'writer']);
  row('', ['read ', 'read ', 'restarts', 'dies']);
  for (const [name, Form] of forms) {
    row(name, [
      await early(Form),
      await late(Form),
      (await restart(Form)).padEnd(8),
      await death(Form),
    ]);
  }
}

if (isMain('strategies/cache-aside/races')) {
  void demo(console.log);
}
