// #region candidate
import type {
  CacheUnderTest,
  Candidate,
  Setting,
} from '../../conformance/candidate.ts';
import { describeConformance } from '../../conformance/conformance.ts';
import type { Operation } from '../../shared/store.ts';
import { describeSimulation } from '../../simulation/describe-simulation.ts';
import { type Changes, SessionCache } from './session-cache.ts';

const sessionCache: Candidate = {
  name: 'our session cache',
  create<V>(setting: Setting<V>): CacheUnderTest<V> {
    const { store, clock, onDeadLetter, ...limits } = setting;
    const cache = new SessionCache<V>({
      loadOne: (id) => store.read(id),
      saveMany: (changes) => store.write(operationsOf(changes)),
      async giveUp(changes, error) {
        for (const operation of operationsOf(changes)) {
          await onDeadLetter({ operation, error });
        }
      },
      clock,
      limits,
    });
    return {
      get: (key) => cache.load(key),
      set: (key, value) => cache.save(key, value),
      delete: (key) => cache.remove(key),
      flush: () => cache.flush(),
      async close(options = {}) {
        const unsaved = await cache.stop(options.timeoutMs);
        return { abandoned: operationsOf(unsaved) };
      },
    };
  },
};

/** Our changes have no versions, and version 0 says so. */
function operationsOf<V>(changes: Changes<V>): Operation<string, V>[] {
  return [...changes].map(([key, value]) =>
    value === undefined
      ? { type: 'delete', key, version: 0 }
      : { type: 'set', key, value, version: 0 },
  );
}

describeConformance(sessionCache);
// #region simulated
describeSimulation(sessionCache, { runs: 100 });
// #endregion simulated
// #endregion candidate
