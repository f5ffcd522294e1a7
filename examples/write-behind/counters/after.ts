import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { InMemoryCounterStore } from './in-memory-counter-store.ts';
import type { Candidate } from './simulation/candidate.ts';
import { story } from './story.ts';
import { WriteBehindCounters } from './write-behind-counters.ts';

const addedOnce: Candidate = {
  name: 'add, with an id a batch',
  survivesCrash: true,
  begin() {
    const table = new InMemoryCounterStore();
    return {
      start({ clock, journal, send }) {
        // #region open
        return new WriteBehindCounters({
          store: {
            apply: (batch) => send(() => table.apply(batch)),
          },
          journal,
          onError: () => {},
          clock,
        });
        // #endregion open
      },
      count: (url) => table.count(url),
    };
  },
};

export function demo(print: Print): Promise<void> {
  return story(addedOnce, print);
}

if (isMain('write-behind/counters/after')) {
  void demo(console.log);
}
