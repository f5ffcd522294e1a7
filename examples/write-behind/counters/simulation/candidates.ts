/** What is simulated: the counters to copy, and six that count wrong. */
import { readModifyWrite } from '../before.ts';
import type { CounterStore } from '../counter-store.ts';
import { InMemoryCounterStore } from '../in-memory-counter-store.ts';
import { WriteBehindCounters } from '../write-behind-counters.ts';
import type { Candidate, Counters, Database, Process } from './candidate.ts';
import {
  type CountedStore,
  idAnAttempt,
  StoreWithoutIds,
  StoreWithoutTransaction,
} from './naive-stores.ts';
import { UnsealedCounters } from './unsealed-counters.ts';

const limits = {
  windowMs: 20,
  retryMs: 10,
  timeoutMs: 100,
  onError: () => {},
};

export const exact: readonly Candidate[] = [
  {
    name: 'the counters to copy, with a journal',
    survivesCrash: true,
    begin: (beforeRow) =>
      countersOver(new InMemoryCounterStore([], beforeRow), journaled),
  },
  {
    name: 'the same without a journal',
    survivesCrash: false,
    begin: (beforeRow) =>
      countersOver(new InMemoryCounterStore([], beforeRow), inMemory),
  },
];

export const naive: readonly Candidate[] = [
  readModifyWrite({ maxDelayMs: 20 }),
  {
    name: 'additions without an id',
    survivesCrash: true,
    begin: () => countersOver(new StoreWithoutIds(), journaled),
  },
  {
    name: 'an id for each attempt',
    survivesCrash: true,
    begin: (beforeRow) =>
      countersOver(new InMemoryCounterStore([], beforeRow), (process, store) =>
        journaled(process, idAnAttempt(store)),
      ),
  },
  {
    name: 'the id outside of the transaction',
    survivesCrash: true,
    begin: (beforeRow) =>
      countersOver(new StoreWithoutTransaction(beforeRow), journaled),
  },
  {
    name: 'a batch that is not sealed',
    survivesCrash: false,
    begin: (beforeRow) =>
      countersOver(
        new InMemoryCounterStore([], beforeRow),
        (_, store) => new UnsealedCounters(store),
      ),
  },
  {
    name: 'a replay under new ids',
    survivesCrash: true,
    begin: (beforeRow) =>
      countersOver(new InMemoryCounterStore([], beforeRow), replayedAsNew),
  },
];

type Open = (
  process: Process,
  store: CounterStore,
) => Counters | Promise<Counters>;

function countersOver(store: CountedStore, open: Open): Database {
  return {
    start: (process) =>
      open(process, {
        apply: (batch) => process.send(() => store.apply(batch)),
      }),
    count: (key) => store.count(key),
  };
}

function inMemory({ clock }: Process, store: CounterStore) {
  return new WriteBehindCounters({ store, clock, ...limits });
}

function journaled({ clock, journal }: Process, store: CounterStore) {
  return new WriteBehindCounters({ store, clock, journal, ...limits });
}

/** Adds what the journal holds as if it were new, and then forgets it. */
async function replayedAsNew(process: Process, store: CounterStore) {
  const { journal } = process;
  const batches = await atLast(() => journal.replay());
  const counters = journaled(
    { ...process, journal: { ...journal, replay: async () => [] } },
    store,
  );
  for (const { id, additions } of batches) {
    for (const { key, by } of additions) {
      await counters.add(key, by).catch(() => {});
    }
    await atLast(() => journal.settle(id));
  }
  return counters;
}

async function atLast<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch {
      // The disk fails now and then, and not for ever.
    }
  }
}
