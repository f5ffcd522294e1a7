import { translate } from '@docusaurus/Translate';
import type { PromiseId } from '../../examples/conformance/candidate.ts';
import type { PromiseVerdict } from '../../examples/start/choosing/comparison.ts';

export function promiseTexts(): Readonly<Record<PromiseId, string>> {
  return {
    P1: translate({
      id: 'dirtyBit.comparison.p1',
      message: 'read-your-writes',
      description: 'What a cache promises, in the comparison of all strategies',
    }),
    P2: translate({
      id: 'dirtyBit.comparison.p2',
      message: 'last write wins',
      description: 'What a cache promises, in the comparison of all strategies',
    }),
    P3: translate({
      id: 'dirtyBit.comparison.p3',
      message: 'nothing vanishes',
      description: 'What a cache promises, in the comparison of all strategies',
    }),
    P4: translate({
      id: 'dirtyBit.comparison.p4',
      message: 'one writer a key',
      description: 'What a cache promises, in the comparison of all strategies',
    }),
    P5: translate({
      id: 'dirtyBit.comparison.p5',
      message: 'deletes hold',
      description: 'What a cache promises, in the comparison of all strategies',
    }),
    P6: translate({
      id: 'dirtyBit.comparison.p6',
      message: 'bounded age',
      description: 'What a cache promises, in the comparison of all strategies',
    }),
    P7: translate({
      id: 'dirtyBit.comparison.p7',
      message: 'bounded memory',
      description: 'What a cache promises, in the comparison of all strategies',
    }),
    P8: translate({
      id: 'dirtyBit.comparison.p8',
      message: 'poison is isolated',
      description: 'What a cache promises, in the comparison of all strategies',
    }),
    P9: translate({
      id: 'dirtyBit.comparison.p9',
      message: 'crash',
      description: 'What a cache promises, in the comparison of all strategies',
    }),
    P10: translate({
      id: 'dirtyBit.comparison.p10',
      message: 'drain',
      description: 'What a cache promises, in the comparison of all strategies',
    }),
    P11: translate({
      id: 'dirtyBit.comparison.p11',
      message: 'values are values',
      description: 'What a cache promises, in the comparison of all strategies',
    }),
    P12: translate({
      id: 'dirtyBit.comparison.p12',
      message: 'independence',
      description: 'What a cache promises, in the comparison of all strategies',
    }),
  };
}

/** Whether a promise is kept, or why it does not apply. */
export function verdictTexts(): Readonly<Record<PromiseVerdict, string>> {
  return {
    kept: translate({
      id: 'dirtyBit.comparison.kept',
      message: 'kept',
      description: 'In the comparison of all strategies, beside a promise',
    }),
    broken: translate({
      id: 'dirtyBit.comparison.broken',
      message: 'broken',
      description: 'In the comparison of all strategies, beside a promise',
    }),
    'memory-only': translate({
      id: 'dirtyBit.comparison.memoryOnly',
      message: 'not made: what only memory has is lost',
      description: 'In the comparison of all strategies, beside a promise',
    }),
    'table-orders': translate({
      id: 'dirtyBit.comparison.tableOrders',
      message:
        'does not apply: two writes may be on their way, and the database puts them in order',
      description: 'In the comparison of all strategies, beside a promise',
    }),
    'nothing-pending': translate({
      id: 'dirtyBit.comparison.nothingPending',
      message: 'does not apply: no acknowledged write waits',
      description: 'In the comparison of all strategies, beside a promise',
    }),
    'caller-hears': translate({
      id: 'dirtyBit.comparison.callerHears',
      message: 'does not apply: a row that is refused fails its own caller',
      description: 'In the comparison of all strategies, beside a promise',
    }),
    'no-time-limit': translate({
      id: 'dirtyBit.comparison.noTimeLimit',
      message:
        'in part: close refuses writes and waits for those under way, with no time limit of its own',
      description: 'In the comparison of all strategies, beside a promise',
    }),
    'waits-for-table': translate({
      id: 'dirtyBit.comparison.waitsForTable',
      message: 'never: each acknowledgement waits for the database',
      description: 'In the comparison of all strategies, beside a promise',
    }),
  };
}
