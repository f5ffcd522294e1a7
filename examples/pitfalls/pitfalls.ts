import type { Candidate, PromiseId } from '../conformance/candidate.ts';
import { BrokenCache as BrokenDeadRise } from './dead-rise/broken.ts';
import { FixedCache as FixedDeadRise } from './dead-rise/fixed.ts';
import { BrokenCache as BrokenEmptiedBeforeWritten } from './emptied-before-written/broken.ts';
import { FixedCache as FixedEmptiedBeforeWritten } from './emptied-before-written/fixed.ts';
import { BrokenCache as BrokenExpiredWhilePending } from './expired-while-pending/broken.ts';
import { FixedCache as FixedExpiredWhilePending } from './expired-while-pending/fixed.ts';
import { BrokenCache as BrokenFalsyValues } from './falsy-values/broken.ts';
import { FixedCache as FixedFalsyValues } from './falsy-values/fixed.ts';
import { BrokenCache as BrokenFlushInsideSet } from './flush-inside-set/broken.ts';
import { FixedCache as FixedFlushInsideSet } from './flush-inside-set/fixed.ts';
import { BrokenCache as BrokenNewerCleared } from './newer-cleared/broken.ts';
import { FixedCache as FixedNewerCleared } from './newer-cleared/fixed.ts';
import { BrokenCache as BrokenOffsetPastFailure } from './offset-past-failure/broken.ts';
import { FixedCache as FixedOffsetPastFailure } from './offset-past-failure/fixed.ts';
import { BrokenCache as BrokenOneBatchShutdown } from './one-batch-shutdown/broken.ts';
import { FixedCache as FixedOneBatchShutdown } from './one-batch-shutdown/fixed.ts';
import { BrokenCache as BrokenOverlappingFlushes } from './overlapping-flushes/broken.ts';
import { FixedCache as FixedOverlappingFlushes } from './overlapping-flushes/fixed.ts';
import { BrokenCache as BrokenPoisonedBatch } from './poisoned-batch/broken.ts';
import { FixedCache as FixedPoisonedBatch } from './poisoned-batch/fixed.ts';
import { BrokenCache as BrokenPopThenWrite } from './pop-then-write/broken.ts';
import { FixedCache as FixedPopThenWrite } from './pop-then-write/fixed.ts';
import { BrokenCache as BrokenPostponedDeadline } from './postponed-deadline/broken.ts';
import { FixedCache as FixedPostponedDeadline } from './postponed-deadline/fixed.ts';
import { BrokenCache as BrokenPutBackOverNewer } from './put-back-over-newer/broken.ts';
import { FixedCache as FixedPutBackOverNewer } from './put-back-over-newer/fixed.ts';
import { BrokenCache as BrokenSelfFedChannel } from './self-fed-channel/broken.ts';
import { FixedCache as FixedSelfFedChannel } from './self-fed-channel/fixed.ts';
import { BrokenCache as BrokenSetsThenDeletes } from './sets-then-deletes/broken.ts';
import { FixedCache as FixedSetsThenDeletes } from './sets-then-deletes/fixed.ts';
import { BrokenCache as BrokenStaleMerge } from './stale-merge/broken.ts';
import { FixedCache as FixedStaleMerge } from './stale-merge/fixed.ts';
import { BrokenCache as BrokenUnboundedQueue } from './unbounded-queue/broken.ts';
import { FixedCache as FixedUnboundedQueue } from './unbounded-queue/fixed.ts';

/** A cache with a mistake that people make, and with that mistake mended. */
export interface Pitfall {
  readonly name: string;
  /** What the mistake breaks, and the mend keeps. */
  readonly promises: readonly PromiseId[];
  readonly broken: Candidate;
  readonly fixed: Candidate;
}

export const pitfalls: readonly Pitfall[] = [
  pitfall('emptied-before-written', ['P3'], {
    broken: (setting) => new BrokenEmptiedBeforeWritten(setting),
    fixed: (setting) => new FixedEmptiedBeforeWritten(setting),
  }),
  pitfall('put-back-over-newer', ['P2'], {
    broken: (setting) => new BrokenPutBackOverNewer(setting),
    fixed: (setting) => new FixedPutBackOverNewer(setting),
  }),
  pitfall('dead-rise', ['P5'], {
    broken: (setting) => new BrokenDeadRise(setting),
    fixed: (setting) => new FixedDeadRise(setting),
  }),
  pitfall('sets-then-deletes', ['P2'], {
    broken: (setting) => new BrokenSetsThenDeletes(setting),
    fixed: (setting) => new FixedSetsThenDeletes(setting),
  }),
  pitfall('falsy-values', ['P11'], {
    broken: (setting) => new BrokenFalsyValues(setting),
    fixed: (setting) => new FixedFalsyValues(setting),
  }),
  pitfall('pop-then-write', ['P9'], {
    broken: (setting) => new BrokenPopThenWrite(setting),
    fixed: (setting) => new FixedPopThenWrite(setting),
    isDurable: true,
  }),
  pitfall('one-batch-shutdown', ['P10'], {
    broken: (setting) => new BrokenOneBatchShutdown(setting),
    fixed: (setting) => new FixedOneBatchShutdown(setting),
  }),
  pitfall('overlapping-flushes', ['P4', 'P2'], {
    broken: (setting) => new BrokenOverlappingFlushes(setting),
    fixed: (setting) => new FixedOverlappingFlushes(setting),
  }),
  pitfall('unbounded-queue', ['P7'], {
    broken: (setting) => new BrokenUnboundedQueue(setting),
    fixed: (setting) => new FixedUnboundedQueue(setting),
  }),
  pitfall('self-fed-channel', ['P7', 'P12'], {
    broken: (setting) => new BrokenSelfFedChannel(setting),
    fixed: (setting) => new FixedSelfFedChannel(setting),
  }),
  pitfall('flush-inside-set', ['P12', 'P3'], {
    broken: (setting) => new BrokenFlushInsideSet(setting),
    fixed: (setting) => new FixedFlushInsideSet(setting),
  }),
  pitfall('stale-merge', ['P1', 'P2'], {
    broken: (setting) => new BrokenStaleMerge(setting),
    fixed: (setting) => new FixedStaleMerge(setting),
  }),
  pitfall('expired-while-pending', ['P1', 'P7'], {
    broken: (setting) => new BrokenExpiredWhilePending(setting),
    fixed: (setting) => new FixedExpiredWhilePending(setting),
  }),
  pitfall('poisoned-batch', ['P8'], {
    broken: (setting) => new BrokenPoisonedBatch(setting),
    fixed: (setting) => new FixedPoisonedBatch(setting),
  }),
  pitfall('postponed-deadline', ['P6'], {
    broken: (setting) => new BrokenPostponedDeadline(setting),
    fixed: (setting) => new FixedPostponedDeadline(setting),
  }),
  pitfall('newer-cleared', ['P2', 'P3'], {
    broken: (setting) => new BrokenNewerCleared(setting),
    fixed: (setting) => new FixedNewerCleared(setting),
  }),
  pitfall('offset-past-failure', ['P9'], {
    broken: (setting) => new BrokenOffsetPastFailure(setting),
    fixed: (setting) => new FixedOffsetPastFailure(setting),
    isDurable: true,
  }),
];

function pitfall(
  name: string,
  promises: readonly PromiseId[],
  { broken, fixed, isDurable = false }: Versions,
): Pitfall {
  return {
    name,
    promises,
    broken: { name: `pitfalls/${name}/broken`, isDurable, create: broken },
    fixed: { name: `pitfalls/${name}/fixed`, isDurable, create: fixed },
  };
}

interface Versions {
  readonly broken: Candidate['create'];
  readonly fixed: Candidate['create'];
  /** They keep their queue on the disk. */
  readonly isDurable?: boolean;
}
