import { type Scale, scaled } from '../harness/benchmark.ts';
import type { Work } from '../harness/rounds.ts';
import { BareMap } from './bare-map.ts';
import { cacheLoops, type Loops, mapLoops } from './loops.ts';
import { type Cache, keysFrom, newCache } from './subject.ts';

/** What is done to a key that is pending; `new` is a set of one that is not. */
export type Verb = keyof Loops<unknown> | 'new';

interface Task {
  readonly verb: Verb;
  readonly pending: number;
  readonly scale: Scale;
}

export function onCache(
  task: Task,
  make: () => Cache = newCache,
): Promise<Work> {
  return workOn(task, make, cacheLoops);
}

export function onMap(task: Task): Promise<Work> {
  return workOn(task, () => new BareMap(), mapLoops);
}

async function workOn<Subject>(
  { verb, pending: fullSize, scale }: Task,
  make: () => Subject,
  loops: Loops<Subject>,
): Promise<Work> {
  const pending = scaled(fullSize, scale);
  const operations = scaled(400_000, scale);
  if (verb === 'new') return newKeys(make, loops, pending, operations);
  const subjects = [make()];
  const keys = keysFrom(0, pending);
  await loops.set(subjects, keys);
  const visited = shuffled(keys, operations);
  return { operations, prepare: () => () => loops[verb](subjects, visited) };
}

/**
 * While their number doubles, so that each pays for its part of the growth; from
 * 1 it grows to 1001, since two keys alone are gone before a clock has seen them.
 */
function newKeys<Subject>(
  make: () => Subject,
  loops: Loops<Subject>,
  pending: number,
  operations: number,
): Work {
  const oldKeys = keysFrom(0, pending);
  const keys = keysFrom(pending, pending + Math.max(1000, pending));
  const count = Math.ceil(operations / keys.length);
  return {
    operations: count * keys.length,
    async prepare() {
      const subjects = Array.from({ length: count }, () => make());
      await loops.set(subjects, oldKeys);
      return () => loops.set(subjects, keys);
    },
  };
}

/** Each about as often, and far from the one before it. */
function shuffled(keys: readonly string[], visits: number): string[] {
  const step = 7919;
  return Array.from(
    { length: visits },
    (_, visit) => keys[(visit * step) % keys.length] ?? '',
  );
}
