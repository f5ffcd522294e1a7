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
  /** Who else uses these rows in the database? */
  readers: ['nobody', 'later', 'at-once', 'writers'],
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

/** Where nothing else decides, the earlier one is recommended. */
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

// #region verdicts
export const verdicts = {
  'loss=seconds': [suits('loss-is-allowed', ['write-behind'])],
  'loss=none': [
    suits('stored-first', storeFirst),
    suits('journal-survives', ['write-behind-journal']),
    rulesOut('memory-is-lost', ['write-behind']),
  ],
  'outage=accept': [
    suits('accepts-in-outage', behind),
    rulesOut('needs-database', storeFirst),
  ],
  'outage=fail': [
    suits('caller-hears-errors', storeFirst),
    costs('errors-come-late', behind),
  ],
  'writes=few': [costs('machinery-for-little', behind)],
  'writes=many': [
    suits('fewer-database-writes', behind),
    rulesOut('one-database-write-each', storeFirst),
  ],
  'readers=nobody': [suits('nobody-sees-delay', behind)],
  'readers=later': [costs('others-see-it-late', behind)],
  'readers=at-once': [
    suits('database-has-it-first', storeFirst),
    rulesOut('database-lags', behind),
  ],
  'readers=writers': [
    costs('others-bypass-cache', besideStore),
    rulesOut('writes-collide', behind),
  ],
  'reads=soon': [
    suits('warm-after-write', ['write-through', ...behind]),
    costs('first-read-misses', ['write-around', 'cache-aside', 'read-through']),
    costs('every-read-asks', ['no-cache']),
  ],
  'reads=often': [
    suits('filled-by-reads', ['cache-aside', 'read-through']),
    costs('every-read-asks', ['no-cache']),
  ],
  'reads=seldom': [
    suits('write-takes-no-room', ['write-around']),
    suits('little-to-gain', ['no-cache']),
    costs('warms-the-unread', ['write-through']),
  ],
  'reads=exact': [
    suits('reads-the-database', ['no-cache']),
    rulesOut('answers-from-copy', [...besideStore, ...behind]),
  ],
  'kept=row': [suits('cache-loads-it', ['read-through'])],
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
