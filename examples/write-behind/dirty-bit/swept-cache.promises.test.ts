import type { Candidate } from '../../conformance/candidate.ts';
import { describeConformance } from '../../conformance/conformance.ts';
import { describeSimulation } from '../../simulation/describe-simulation.ts';
import { SweptCache } from './swept-cache.ts';

// #region candidate
const swept: Candidate = {
  name: 'mark and sweep',
  create: ({ maxDelayMs, maxPending, maxEntries, retry, ...setting }) =>
    new SweptCache({
      ...setting,
      intervalMs: maxDelayMs,
      threshold: setting.maxBatchSize,
      maxDirty: maxPending,
      maxClean: maxEntries,
      attempts: retry.attempts,
    }),
};

describeConformance(swept);
describeSimulation(swept, { runs: 200 });
// #endregion candidate
