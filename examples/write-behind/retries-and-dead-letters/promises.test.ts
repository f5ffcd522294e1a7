import type { Candidate, Setting } from '../../conformance/candidate.ts';
import { describeConformance } from '../../conformance/conformance.ts';
import { describeSimulation } from '../../simulation/describe-simulation.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { DeadLetters } from './dead-letters.ts';
import { InMemoryShelf } from './in-memory-shelf.ts';

const withDeadLetters: Candidate = {
  name: 'write-behind with dead letters',
  create<V>(setting: Setting<V>) {
    const { store, clock, onDeadLetter } = setting;
    const letters = new DeadLetters<string, V>({
      ...{ store, clock, shelf: new InMemoryShelf(), letters: [] },
    });
    return new WriteBehindCache<string, V>({
      ...setting,
      store: letters.store,
      async onDeadLetter(letter) {
        await letters.take(letter);
        // The kit wants to know as well.
        await onDeadLetter(letter);
      },
    });
  },
};

describeConformance(withDeadLetters);
describeSimulation(withDeadLetters, { runs: 200 });
