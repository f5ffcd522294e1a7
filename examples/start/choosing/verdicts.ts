/** The questions of the chooser, and what each answer means for a strategy. */

// #region questions
/** The questions, each with its possible answers. */
export const questions = {
  /** Can you lose the last second? */
  loss: ['seconds', 'none'],
  /** What shall a write do while the database is down? */
  outage: ['accept', 'fail'],
  /** Does the database keep up, one write at a time? */
  writes: ['few', 'many'],
  /** Does each write count, or only the last of a key? */
  counts: ['last', 'each', 'sum'],
  /** Who else uses these rows in the database? */
  readers: ['nobody', 'later', 'at-once', 'writers'],
  /** How many processes of the application use one key? */
  processes: ['one', 'several'],
  /** When is a value read again? */
  reads: ['soon', 'often', 'seldom', 'exact'],
  /** What is kept under a key? */
  kept: ['row', 'composed'],
} as const;
// #endregion questions

export type Question = keyof typeof questions;

export const questionNames = Object.keys(questions) as readonly Question[];

/** Those questions that are answered so far. */
export type Answers = {
  readonly [Q in Question]?: (typeof questions)[Q][number];
};

/** One answer with its question, such as `loss=none`. */
export type Answer = {
  [Q in Question]: `${Q}=${(typeof questions)[Q][number]}`;
}[Question];

/** The answers that were given, in the order of the questions. */
export function answersGiven(answers: Answers): Answer[] {
  return questionNames.flatMap((question) => {
    const value = answers[question];
    return value === undefined ? [] : [`${question}=${value}` as Answer];
  });
}

/** Where two are equally good, the earlier one is named first. */
export const strategies = [
  'write-through',
  'write-around',
  'cache-aside',
  'read-through',
  'no-cache',
  'write-behind',
  'write-behind-journal',
] as const;

export type Strategy = (typeof strategies)[number];

/** What an answer means for some of the strategies. */
export interface Verdict {
  readonly effect: 'suits' | 'costs' | 'rules-out';
  readonly strategies: readonly Strategy[];
  readonly because: string;
}

const behind = ['write-behind', 'write-behind-journal'] as const;
/** They keep a copy beside the store, which is written first. */
export const besideStore = [
  'write-through',
  'write-around',
  'cache-aside',
  'read-through',
] as const;
const storeFirst = [...besideStore, 'no-cache'] as const;
const caches = [...besideStore, ...behind] as const;

// #region verdicts
export const verdicts = {
  'loss=seconds': [
    suits('loss-is-allowed', ['write-behind']),
    costs('keeps-what-may-be-lost', ['write-behind-journal']),
  ],
  'loss=none': [
    suits('stored-first', storeFirst),
    suits('journal-survives', ['write-behind-journal']),
    rulesOut('memory-is-lost', ['write-behind']),
  ],
  'outage=accept': [
    suits('accepts-in-outage', behind),
    costs('outage-may-be-lost', ['write-behind']),
    rulesOut('needs-database', storeFirst),
  ],
  'outage=fail': [
    suits('caller-hears-errors', storeFirst),
    costs('errors-come-late', behind),
  ],
  'writes=few': [
    suits('database-keeps-up', storeFirst),
    costs('machinery-for-little', behind),
  ],
  'writes=many': [
    suits('rows-go-together', behind),
    rulesOut('one-database-write-each', storeFirst),
  ],
  'counts=last': [suits('one-row-for-many-writes', behind)],
  'counts=each': [
    suits('stores-each-write', storeFirst),
    costs('later-write-replaces', behind),
  ],
  'counts=sum': [
    suits('database-adds', ['cache-aside', 'no-cache']),
    costs('set-replaces', ['write-through', 'write-around', 'read-through']),
    costs('owner-adds', behind),
  ],
  'readers=nobody': [suits('nobody-sees-delay', behind)],
  'readers=later': [costs('others-see-it-late', behind)],
  'readers=at-once': [
    suits('database-has-it-first', storeFirst),
    rulesOut('database-lags', behind),
  ],
  'readers=writers': [
    costs('others-raise-no-version', ['write-through']),
    costs('others-bypass-cache', [
      'write-around',
      'cache-aside',
      'read-through',
    ]),
    rulesOut('writes-collide', behind),
  ],
  'processes=one': [],
  'processes=several': [costs('key-needs-owner', behind)],
  'reads=soon': [
    suits('warm-after-write', ['write-through', ...behind]),
    costs('first-read-misses', ['write-around', 'cache-aside', 'read-through']),
    costs('every-read-asks', ['no-cache']),
  ],
  'reads=often': [
    suits('filled-by-reads', ['cache-aside', 'read-through']),
    suits('cache-loads-it', ['read-through']),
    costs('every-read-asks', ['no-cache']),
  ],
  'reads=seldom': [
    suits('write-takes-no-room', ['write-around']),
    costs('little-to-gain', caches),
    costs('warms-the-unread', ['write-through']),
  ],
  'reads=exact': [
    suits('reads-the-database', ['no-cache']),
    rulesOut('answers-from-copy', caches),
  ],
  'kept=row': [],
  'kept=composed': [
    suits('application-composes', ['cache-aside']),
    costs('write-knows-no-key', ['write-around', 'read-through']),
    rulesOut('not-what-is-written', ['write-through', ...behind]),
  ],
} satisfies Record<Answer, readonly Verdict[]>;
// #endregion verdicts

export type Reason = (typeof verdicts)[Answer][number]['because'];

function suits<const Id extends string>(
  because: Id,
  strategies: readonly Strategy[],
) {
  return { effect: 'suits', strategies, because } as const;
}

function costs<const Id extends string>(
  because: Id,
  strategies: readonly Strategy[],
) {
  return { effect: 'costs', strategies, because } as const;
}

function rulesOut<const Id extends string>(
  because: Id,
  strategies: readonly Strategy[],
) {
  return { effect: 'rules-out', strategies, because } as const;
}
