/** What is compared: for each feature, what may be found, and its worth. */

/** `needless`: the library is built so that the question does not arise. */
export type Verdict = 'yes' | 'part' | 'no' | 'needless' | 'unverified';

export const findings = {
  coalescing: {
    always: 'yes',
    'by-default': 'yes',
    'by-function': 'yes',
    'within-batch': 'part',
    'on-request': 'part',
    none: 'no',
  },
  order: {
    'one-at-a-time': 'yes',
    'one-worker': 'part',
    'deletes-first': 'no',
  },
  retry: {
    'as-set': 'yes',
    'for-ever': 'yes',
    'while-room': 'part',
    'on-request': 'part',
    'once-alone': 'part',
    none: 'no',
  },
  backoff: {
    growing: 'yes',
    'on-request': 'part',
    fixed: 'no',
    'at-once': 'no',
    'no-retry': 'no',
  },
  'dead-letter': {
    kept: 'yes',
    'caller-told': 'part',
    blocks: 'no',
    dropped: 'no',
  },
  bound: {
    chosen: 'yes',
    waits: 'yes',
    'writes-through': 'part',
    'rejects-uncoalesced': 'part',
    'failures-only': 'part',
    spills: 'part',
    none: 'no',
  },
  durable: {
    journal: 'yes',
    'disk-on-request': 'yes',
    redis: 'part',
    'redis-popped': 'part',
    'other-nodes': 'part',
    memory: 'no',
  },
  partial: {
    isolated: 'yes',
    'writer-tells': 'yes',
    'row-by-row': 'yes',
    'one-each': 'needless',
    whole: 'no',
  },
  eviction: {
    never: 'yes',
    'still-read': 'yes',
    'not-read': 'part',
    'no-cache': 'needless',
    unverified: 'unverified',
  },
  drain: {
    'limit-and-report': 'yes',
    'limit-and-count': 'part',
    'limit-and-log': 'part',
    'time-given': 'part',
    'no-limit': 'part',
    'queue-stays': 'needless',
    none: 'no',
  },
  fencing: {
    database: 'yes',
    'queue-only': 'part',
    none: 'no',
  },
  'compare-and-set': {
    'each-row': 'yes',
    'last-id': 'part',
    'old-value': 'part',
    marked: 'part',
    none: 'no',
  },
  flush: {
    public: 'yes',
    'one-write': 'part',
    internal: 'part',
    none: 'no',
  },
} as const satisfies Readonly<
  Record<string, Readonly<Record<string, Verdict>>>
>;

export type Feature = keyof typeof findings;
export type Finding<F extends Feature> = keyof (typeof findings)[F] & string;

/** In the order in which a write meets them. */
export const features = Object.keys(findings) as readonly Feature[];

/** Few enough to stand side by side on a telephone. */
export const featureGroups = {
  queue: ['coalescing', 'order', 'bound'],
  failure: ['retry', 'backoff', 'dead-letter', 'partial'],
  survival: ['durable', 'eviction', 'drain'],
  database: ['fencing', 'compare-and-set', 'flush'],
} as const satisfies Readonly<Record<string, readonly Feature[]>>;

/** What a row of findings says about a feature, at a glance. */
export function verdictIn(
  cells: Readonly<Record<Feature, { readonly finding: string }>>,
  feature: Feature,
): Verdict {
  const worth: Readonly<Record<string, Verdict>> = findings[feature];
  const { finding } = cells[feature];
  const verdict = worth[finding];
  if (verdict === undefined) {
    const known = Object.keys(worth).join(', ');
    throw new Error(`${feature}: expected one of ${known}; got "${finding}"`);
  }
  return verdict;
}
