import type { Candidate } from '../../conformance/candidate.ts';
import { describeConformance } from '../../conformance/conformance.ts';
import { InMemoryJournal } from '../../shared/in-memory-journal.ts';
import { describeSimulation } from '../../simulation/describe-simulation.ts';
import {
  cleanEntryBytes,
  ExpiringWriteBehind,
} from './expiring-write-behind.ts';

// #region candidate
/** An entry lives for as long as a write waits, and few fit into memory. */
const expiring: Candidate = {
  name: 'expiring write-behind',
  isDurable: true,
  create: ({ disk, maxEntries, ...setting }) =>
    new ExpiringWriteBehind({
      ...setting,
      journal: disk.open('journal', () => new InMemoryJournal()),
      ttlMs: setting.maxDelayMs,
      maxBytes: maxEntries * cleanEntryBytes,
      sizeOf: () => 0,
    }),
};

describeConformance(expiring);
describeSimulation(expiring, { runs: 200 });
// #endregion candidate

const inMemory: Candidate = {
  name: 'expiring write-behind without a journal',
  create: ({ maxEntries, ...setting }) =>
    new ExpiringWriteBehind({
      ...setting,
      ttlMs: setting.maxDelayMs,
      maxBytes: maxEntries * cleanEntryBytes,
      sizeOf: () => 0,
    }),
};

describeConformance(inMemory);
describeSimulation(inMemory, { runs: 100 });
