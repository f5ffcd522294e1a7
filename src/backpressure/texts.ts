import { translate } from '@docusaurus/Translate';

/** What the rows of the charts are called, in their order. */
export function policyNames(): Readonly<Record<string, string>> {
  return {
    unbounded: translate({
      id: 'dirtyBit.backpressure.unbounded',
      message: 'No bound',
      description: 'A queue that takes in everything',
    }),
    // As they are written in the code, in every language.
    wait: "'wait'",
    'write-through': "'write-through'",
    reject: "'reject'",
    'wait-shed': translate(
      {
        id: 'dirtyBit.backpressure.waitShed',
        message: '{policy} behind a load shedder',
        description: 'A policy for a full queue, with a bound for its callers',
      },
      { policy: "'wait'" },
    ),
  };
}

export function policyHead(): string {
  return translate({
    id: 'dirtyBit.backpressure.policy',
    message: 'Policy',
    description: 'Heads the column with what a full queue does',
  });
}

export function totalsCaption(): string {
  return translate({
    id: 'dirtyBit.backpressure.totals',
    message: 'A stall of a minute under each policy: totals',
    description: 'Title of a chart about full queues',
  });
}

/** What heads the columns of the totals. */
export function totalNames(): Readonly<Record<string, string>> {
  return {
    'in-memory': translate({
      id: 'dirtyBit.backpressure.inMemory',
      message: 'Writes in memory, at most',
      description: 'Heads a column: writes that are pending or wait',
    }),
    'at-risk': translate({
      id: 'dirtyBit.backpressure.atRisk',
      message: 'A crash would lose, at most',
      description: 'Heads a column: acknowledged writes that are not stored',
    }),
    'ack-p99': translate({
      id: 'dirtyBit.backpressure.ackP99',
      message: 'Until acknowledged, 99th percentile',
      description: 'Heads a column: times, of writes during a stall',
    }),
    refused: translate({
      id: 'dirtyBit.backpressure.refused',
      message: 'Writes refused',
      description: 'Heads a column: writes whose callers were told no',
    }),
    recovery: translate({
      id: 'dirtyBit.backpressure.recovery',
      message: 'Until all is as before',
      description: 'Heads a column: time since the end of the stall',
    }),
  };
}

export function timelinesCaption(): string {
  return translate({
    id: 'dirtyBit.backpressure.timelines',
    message:
      'Two minutes from left to right; the store stalls in the grey one. The numbers are the most in any second, and each column has one scale.',
    description: 'Title of a chart with small curves',
  });
}

/** What the parts of a curve are, and what heads the columns of curves. */
export function timelineNames() {
  return {
    pending: translate({
      id: 'dirtyBit.backpressure.pending',
      message: 'Keys pending',
      description: 'The colour of an area in a chart: acknowledged, not stored',
    }),
    waiting: translate({
      id: 'dirtyBit.backpressure.waiting',
      message: 'callers waiting',
      description: 'The colour of the area above it: not acknowledged yet',
    }),
    p50: translate({
      id: 'dirtyBit.backpressure.p50',
      message: 'Until acknowledged: median',
      description: 'A line in a chart: times by the second of the write',
    }),
    p99: translate({
      id: 'dirtyBit.backpressure.p99',
      message: '99th percentile',
      description: 'The other line in that chart',
    }),
    refused: translate({
      id: 'dirtyBit.backpressure.refusedPerSecond',
      message: 'Refused per second',
      description: 'An area in a chart: writes whose callers were told no',
    }),
  };
}
