import fc from 'fast-check';
import type { Cache } from '../../shared/cache.ts';
import { InMemoryCache } from '../../shared/in-memory-cache.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { LeasingCache } from '../../shared/shared-cache.ts';
import type { Table } from '../../shared/table.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';

type Plans = Pick<Cache<string, number>, 'get' | 'set'>;

export type NewProcess = (
  table: Table<string, number>,
  cache: LeasingCache<string, number>,
) => Plans;

export type Action = 'set' | 'get' | 'restart' | 'lose an answer';

/**
 * Two processes share the table and the cache, in whatever order their steps
 * come. Whoever reads once a write is acknowledged sees it, or a later one; in
 * the end, the cache has nothing that the table has not.
 */
export const readsAreNotOld = (
  newProcess: NewProcess,
  actions: readonly Action[],
) =>
  fc.asyncProperty(
    fc.scheduler(),
    fc.array(fc.tuple(fc.constantFrom(...actions), fc.nat(1)), {
      maxLength: 8,
    }),
    async (scheduler, history) => {
      const world = setUp(scheduler);
      const { table, cache, rows, entries, versionOf } = world;
      const processes = [newProcess(table, cache), newProcess(table, cache)];
      let newest = 0;
      let lastValue = 0;
      let isOld = false;
      const write = async (plans: Plans) => {
        lastValue += 1;
        const value = lastValue;
        const isDone = await plans.set('plan', value).then(
          () => true,
          () => false,
        );
        if (isDone) newest = Math.max(newest, versionOf(value));
      };
      const read = async (plans: Plans) => {
        const oldest = newest;
        const value = await plans.get('plan');
        if (versionOf(value) < oldest) isOld = true;
      };

      const begun: Promise<void>[] = [];
      const { task } = scheduler.scheduleSequence(
        history.map(([action, index]) => ({
          label: `${action} in process ${index}`,
          builder: async () => {
            const plans = processes[index];
            if (plans === undefined) throw new Error('no such process');
            if (action === 'restart') entries.clear();
            else if (action === 'lose an answer') world.loseAnswer();
            else begun.push(action === 'set' ? write(plans) : read(plans));
          },
        })),
      );
      await scheduler.waitFor(task);
      await scheduler.waitFor(Promise.all(begun));
      const held = entries.peek('plan');
      if (held !== undefined && held.value !== rows.peek('plan')) return false;
      for (const plans of processes) await scheduler.waitFor(read(plans));
      return !isOld;
    },
  );

/** Each step of a call comes when the scheduler says so. */
function setUp(scheduler: fc.Scheduler) {
  const rows = new InMemoryStore<string, number>();
  const entries = new InMemoryCache<string, number>({
    clock: new VirtualClock(),
  });
  /** The version under which each value was committed. */
  const versions = new Map<number, number>();
  let answersToLose = 0;
  const travel = async <T>(name: string, arrive: () => Promise<T> | T) => {
    await scheduler.schedule(Promise.resolve(), `${name} sets out`);
    const answer = await arrive();
    await scheduler.schedule(Promise.resolve(), `${name} is answered`);
    return answer;
  };

  const table: Table<string, number> = {
    find: (key) => travel('find', () => rows.row(key)),
    async put(key, value) {
      const row = await travel('commit', () => {
        const committed = rows.commit({ type: 'set', key, value, version: 0 });
        versions.set(value, committed.version);
        return committed;
      });
      if (answersToLose === 0) return row;
      answersToLose -= 1;
      throw new Error('connection reset');
    },
    remove: (key) => rows.remove(key),
  };
  const cache: LeasingCache<string, number> = {
    get: (key) => travel('get', () => entries.get(key)),
    put: (...call) => travel('put', () => entries.put(...call)),
    offer: (...call) => travel('offer', () => entries.offer(...call)),
    remove: (key) => travel('remove', () => entries.remove(key)),
    getOrLease: (...call) =>
      travel('get or lease', () => entries.getOrLease(...call)),
    fill: (...call) => travel('fill', () => entries.fill(...call)),
  };
  const versionOf = (value: number | undefined) =>
    value === undefined ? 0 : (versions.get(value) ?? 0);
  const loseAnswer = () => {
    answersToLose += 1;
  };
  return { table, cache, rows, entries, versionOf, loseAnswer };
}
