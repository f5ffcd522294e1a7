import type { Candidate } from '../../conformance/candidate.ts';
import { describeConformance } from '../../conformance/conformance.ts';
import { describeSimulation } from '../../simulation/describe-simulation.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { AdaptiveSize } from './adaptive-size.ts';
import { BatchingStore } from './batching-store.ts';

// #region candidate
const adaptive: Candidate = {
  name: 'write-behind in adaptive batches',
  exempt: { P6: 'what is due waits for a connection' },
  create: ({ store, clock, ...setting }) => {
    const batching = new BatchingStore({
      ...{ store, clock },
      size: new AdaptiveSize(),
    });
    return new WriteBehindCache({ ...setting, clock, store: batching });
  },
};

describeConformance(adaptive);
describeSimulation(adaptive, { runs: 1000 });
// #endregion candidate
