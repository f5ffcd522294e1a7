/** The points of a write at which a process can be told to stand still. */
import type { Operation, Store } from '../../shared/store.ts';
import type { OpenJournal } from './durability.ts';
import { stop, tell } from './told.ts';

export const points = [
  'before the journal',
  'in the journal',
  'acknowledged',
  'on its way',
  'stored',
  'settled',
] as const;

export type Point = (typeof points)[number];

// #region halt
/** Says so, and never goes on: all that is left is to kill it. */
export function haltAt(point: Point): void {
  tell('at', point);
  stop();
}
// #endregion halt

export function haltingJournal(
  journal: OpenJournal,
  point: Point | undefined,
): OpenJournal {
  return {
    async append(operation) {
      if (point === 'before the journal') haltAt(point);
      await journal.append(operation);
      if (point === 'in the journal') haltAt(point);
    },
    async settle(operations) {
      await journal.settle(operations);
      if (point === 'settled') haltAt(point);
    },
    replay: () => journal.replay(),
    lastVersion: () => journal.lastVersion(),
    close: () => journal.close(),
  };
}

/** Tells what it sends and what is stored. */
export function tellingStore(
  store: Store<string, number>,
  point: Point | undefined,
): Store<string, number> {
  return {
    read: (player) => store.read(player),
    async write(batch) {
      for (const operation of batch) tellOf('sends', operation);
      await store.write(batch);
      if (point === 'stored') haltAt(point);
      for (const operation of batch) tellOf('stored', operation);
    },
  };
}

function tellOf(
  event: 'sends' | 'stored',
  operation: Operation<string, number>,
): void {
  const score = operation.type === 'set' ? operation.value : 'deleted';
  tell(event, operation.version, operation.key, score);
}
