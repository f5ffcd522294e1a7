import { describe, expect, test } from 'vitest';
import {
  choose,
  companions,
  completions,
  type Finding,
  type Recommendation,
} from './choose.ts';
import {
  type Answers,
  answersGiven,
  questionNames,
  questions,
  type Strategy,
  strategies,
  verdicts,
} from './verdicts.ts';

interface Case {
  readonly answers: Answers;
  readonly recommendation: Recommendation;
}

const complete = completions({}).map(caseOf);

/** Complete or not: each question has one more answer, which is none. */
const partial = questionNames
  .reduce<Answers[]>(
    (all, question) =>
      all.flatMap((answers) => [
        answers,
        ...questions[question].map((value) => ({
          ...answers,
          [question]: value,
        })),
      ]),
    [{}],
  )
  .map(caseOf);

function caseOf(answers: Answers): Case {
  return { answers, recommendation: choose(answers) };
}

describe('over all answers', () => {
  test('each is a case of its own', () => {
    expect(complete).toHaveLength(2 * 2 * 2 * 4 * 4 * 2);
    expect(partial).toHaveLength(3 * 3 * 3 * 5 * 5 * 3);
  });

  test('every leaf is reached, and nothing else', () => {
    const reached = complete
      .map(({ recommendation }) => recommendation)
      .filter(isPossible)
      .map(({ strategy }) => strategy);
    expect(distinct(reached)).toEqual(distinct(strategies));
  });

  test('each strategy is judged once', () => {
    const wrong = partial.filter(({ recommendation }) => {
      const judged = judgements(recommendation).map(({ strategy }) => strategy);
      return `${judged.sort()}` !== `${distinct(strategies)}`;
    });
    expect(wrong).toEqual([]);
  });

  test('no reason follows from an answer that was not given', () => {
    const wrong = partial.filter(({ answers, recommendation }) => {
      const given = answersGiven(answers);
      return allFindings(recommendation).some(
        ({ answer }) => !given.includes(answer),
      );
    });
    expect(wrong).toEqual([]);
  });

  test('an answer that rules a strategy out does not speak for it', () => {
    const wrong = partial.filter(({ recommendation }) =>
      judgements(recommendation).some(({ suits, costs, ruledOut }) =>
        ruledOut.some(({ answer }) =>
          [...suits, ...costs].some((other) => other.answer === answer),
        ),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('a complete set of answers gives a reason for its strategy', () => {
    const wrong = complete.filter(
      ({ recommendation }) => recommendation.suits.length === 0,
    );
    expect(wrong).toEqual([]);
  });

  test('every reason is given to somebody', () => {
    const reached = complete.flatMap(({ recommendation }) =>
      allFindings(recommendation).map(({ because }) => because),
    );
    const known = Object.values(verdicts).flat();
    expect(distinct(reached)).toEqual(
      distinct(known.map(({ because }) => because)),
    );
  });

  test('a reason has one meaning', () => {
    const effects = new Map<string, string>();
    for (const { because, effect } of Object.values(verdicts).flat()) {
      expect(effects.get(because) ?? effect).toBe(effect);
      effects.set(because, effect);
    }
  });

  test('every companion is recommended to somebody', () => {
    const reached = complete.flatMap(
      ({ recommendation }) => recommendation.companions,
    );
    expect(distinct(reached)).toEqual(distinct(companions));
  });

  test('what is ruled out is never better than what is possible', () => {
    const wrong = partial.filter(({ recommendation }) => {
      const possible = judgements(recommendation).map(isPossible);
      const firstRuledOut = possible.indexOf(false);
      return firstRuledOut !== -1 && possible.includes(true, firstRuledOut);
    });
    expect(wrong).toEqual([]);
  });

  test('a strategy is missing exactly where two answers contradict', () => {
    const wrong = partial.filter(
      ({ recommendation }) =>
        isPossible(recommendation) !==
        (recommendation.contradictions.length === 0),
    );
    expect(wrong).toEqual([]);
  });

  test('where answers contradict, waiting is all that is asked for', () => {
    const speed = ['outage=accept', 'writes=many'];
    const given = complete.flatMap(({ recommendation }) =>
      recommendation.ruledOut.map(({ answer }) => answer),
    );
    expect(distinct(given)).toEqual(speed);
  });

  test('a strategy is settled when no answer can change it', () => {
    const outcomes = new Map(
      complete.map(({ answers, recommendation }) => [
        `${answersGiven(answers)}`,
        recommendation.strategy,
      ]),
    );
    const wrong = partial.filter(({ answers, recommendation }) => {
      const later = completions(answers).map((one) =>
        outcomes.get(`${answersGiven(one)}`),
      );
      const stays = later.every((one) => one === recommendation.strategy);
      return stays !== recommendation.isSettled;
    });
    expect(wrong).toEqual([]);
  });
});

describe('some answers are missing', () => {
  test('without any, nothing is ruled out and nothing is settled', () => {
    const { suits, costs, ruledOut, isSettled, others } = choose({});
    expect([...suits, ...costs, ...ruledOut]).toEqual([]);
    expect(others.every(isPossible)).toBe(true);
    expect(isSettled).toBe(false);
  });

  test('no loss and writes during an outage leave the journal alone', () => {
    const recommendation = choose({ loss: 'none', outage: 'accept' });
    expect(recommendation.strategy).toBe('write-behind-journal');
    expect(recommendation.contradictions).toEqual([]);
    expect(recommendation.others.some(isPossible)).toBe(false);
  });

  test('a decision in a transaction needs no more answers', () => {
    const { strategy, isSettled } = choose({ reads: 'exact' });
    expect(strategy).toBe('no-cache');
    expect(isSettled).toBe(true);
  });
});

describe('answers contradict', () => {
  test('others see each change at once, and writes must not wait', () => {
    const { strategy, ruledOut, contradictions } = choose({
      readers: 'at-once',
      writes: 'many',
      reads: 'soon',
    });
    expect(contradictions).toEqual([['writes=many', 'readers=at-once']]);
    expect(strategy).toBe('write-through');
    expect(ruledOut).toEqual([
      { because: 'one-database-write-each', answer: 'writes=many' },
    ]);
  });

  test('a decision in the database, and writes while it is down', () => {
    const { strategy, contradictions } = choose({
      outage: 'accept',
      reads: 'exact',
    });
    expect(contradictions).toEqual([['outage=accept', 'reads=exact']]);
    expect(strategy).toBe('no-cache');
  });

  test('each pair is told', () => {
    const { contradictions } = choose({
      outage: 'accept',
      writes: 'many',
      readers: 'writers',
    });
    expect(contradictions).toEqual([
      ['outage=accept', 'readers=writers'],
      ['writes=many', 'readers=writers'],
    ]);
  });
});

const cases: readonly [data: string, Strategy, Required<Answers>][] = [
  [
    'payments and balances',
    'no-cache',
    {
      loss: 'none',
      outage: 'fail',
      writes: 'few',
      readers: 'at-once',
      reads: 'exact',
      kept: 'row',
    },
  ],
  [
    'the stock that a checkout decides by',
    'no-cache',
    {
      loss: 'none',
      outage: 'fail',
      writes: 'few',
      readers: 'writers',
      reads: 'exact',
      kept: 'row',
    },
  ],
  [
    'the stock that a product page shows',
    'write-through',
    {
      loss: 'none',
      outage: 'fail',
      writes: 'few',
      readers: 'at-once',
      reads: 'soon',
      kept: 'row',
    },
  ],
  [
    'page views',
    'write-behind',
    {
      loss: 'seconds',
      outage: 'accept',
      writes: 'many',
      readers: 'later',
      reads: 'often',
      kept: 'row',
    },
  ],
  [
    'sessions',
    'write-behind',
    {
      loss: 'seconds',
      outage: 'accept',
      writes: 'many',
      readers: 'nobody',
      reads: 'soon',
      kept: 'row',
    },
  ],
  [
    'sensor readings that may be late but not lost',
    'write-behind-journal',
    {
      loss: 'none',
      outage: 'accept',
      writes: 'many',
      readers: 'later',
      reads: 'seldom',
      kept: 'row',
    },
  ],
  [
    'an audit log',
    'write-around',
    {
      loss: 'none',
      outage: 'fail',
      writes: 'few',
      readers: 'at-once',
      reads: 'seldom',
      kept: 'row',
    },
  ],
  [
    'the lists of a product catalogue',
    'cache-aside',
    {
      loss: 'none',
      outage: 'fail',
      writes: 'few',
      readers: 'writers',
      reads: 'often',
      kept: 'composed',
    },
  ],
  [
    'a single product of the catalogue, which imports change too',
    'read-through',
    {
      loss: 'none',
      outage: 'fail',
      writes: 'few',
      readers: 'writers',
      reads: 'often',
      kept: 'row',
    },
  ],
  [
    'profile settings',
    'write-through',
    {
      loss: 'none',
      outage: 'fail',
      writes: 'few',
      readers: 'nobody',
      reads: 'soon',
      kept: 'row',
    },
  ],
  [
    'the scores of a game',
    'write-behind',
    {
      loss: 'seconds',
      outage: 'fail',
      writes: 'many',
      readers: 'later',
      reads: 'soon',
      kept: 'row',
    },
  ],
  [
    'archived orders, which other programs correct',
    'no-cache',
    {
      loss: 'none',
      outage: 'fail',
      writes: 'few',
      readers: 'writers',
      reads: 'seldom',
      kept: 'row',
    },
  ],
];

test.each(cases)('%s: %s', (_, strategy, answers) => {
  const recommendation = choose(answers);
  expect(recommendation.contradictions).toEqual([]);
  expect(recommendation.isSettled).toBe(true);
  expect(recommendation.strategy).toBe(strategy);
});

const besideStore: readonly Strategy[] = [
  'write-through',
  'write-around',
  'cache-aside',
  'read-through',
];
const storeFirst: readonly Strategy[] = [...besideStore, 'no-cache'];
const behind: readonly Strategy[] = ['write-behind', 'write-behind-journal'];

const possible: readonly [Answers, readonly Strategy[]][] = [
  [{ loss: 'seconds' }, strategies],
  [{ loss: 'none' }, [...storeFirst, 'write-behind-journal']],
  [{ outage: 'accept' }, behind],
  [{ outage: 'fail' }, strategies],
  [{ writes: 'few' }, strategies],
  [{ writes: 'many' }, behind],
  [{ readers: 'nobody' }, strategies],
  [{ readers: 'later' }, strategies],
  [{ readers: 'at-once' }, storeFirst],
  [{ readers: 'writers' }, storeFirst],
  [{ reads: 'soon' }, strategies],
  [{ reads: 'often' }, strategies],
  [{ reads: 'seldom' }, strategies],
  [{ reads: 'exact' }, ['no-cache']],
  [{ kept: 'row' }, strategies],
  [
    { kept: 'composed' },
    ['write-around', 'cache-aside', 'read-through', 'no-cache'],
  ],
];

test.each(possible)('%j leaves what can do it', (answers, left) => {
  const found = judgements(choose(answers)).filter(isPossible);
  expect(distinct(found.map(({ strategy }) => strategy))).toEqual(
    distinct(left),
  );
});

const told: readonly [Strategy, Answers, string[], string[]][] = [
  [
    'write-behind',
    { loss: 'seconds', outage: 'accept', writes: 'many', readers: 'nobody' },
    [
      'loss-is-allowed',
      'accepts-in-outage',
      'fewer-database-writes',
      'nobody-sees-delay',
    ],
    [],
  ],
  [
    'write-behind-journal',
    { loss: 'none', outage: 'fail', writes: 'few', readers: 'later' },
    ['journal-survives'],
    ['errors-come-late', 'machinery-for-little', 'others-see-it-late'],
  ],
  [
    'write-through',
    { loss: 'none', outage: 'fail', readers: 'at-once', reads: 'soon' },
    [
      'stored-first',
      'caller-hears-errors',
      'database-has-it-first',
      'warm-after-write',
    ],
    [],
  ],
  [
    'write-through',
    { readers: 'writers', reads: 'seldom' },
    [],
    ['others-bypass-cache', 'warms-the-unread'],
  ],
  ['write-around', { reads: 'soon' }, [], ['first-read-misses']],
  ['write-around', { reads: 'seldom' }, ['write-takes-no-room'], []],
  [
    'cache-aside',
    { reads: 'often', kept: 'composed' },
    ['filled-by-reads', 'application-composes'],
    [],
  ],
  [
    'read-through',
    { reads: 'often', kept: 'row' },
    ['filled-by-reads', 'cache-loads-it'],
    [],
  ],
  ['read-through', { kept: 'composed' }, [], ['write-knows-no-key']],
  ['no-cache', { reads: 'often' }, [], ['every-read-asks']],
  ['no-cache', { reads: 'soon' }, [], ['every-read-asks']],
  ['no-cache', { reads: 'seldom' }, ['little-to-gain'], []],
  ['no-cache', { reads: 'exact' }, ['reads-the-database'], []],
];

test.each(told)(
  'of %s, %j says what is true',
  (strategy, answers, suits, costs) => {
    const found = judgements(choose(answers)).find(
      (judgement) => judgement.strategy === strategy,
    );
    expect(found?.suits.map(({ because }) => because)).toEqual(suits);
    expect(found?.costs.map(({ because }) => because)).toEqual(costs);
  },
);

test('where there is no copy to grow old, nothing need go with it', () => {
  const companionsOf = (answers: Answers) => choose(answers).companions;
  expect(companionsOf({ reads: 'exact' })).toEqual([]);
  expect(companionsOf({ outage: 'accept' })).toEqual([]);
  expect(companionsOf({ reads: 'seldom' })).toEqual(['expiry']);
});

test('what others write and what is composed calls for companions', () => {
  const { companions } = choose({ readers: 'writers', kept: 'composed' });
  expect(companions).toEqual(['expiry', 'events', 'tags']);
});

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)].sort();
}

function isPossible({ ruledOut }: { ruledOut: readonly Finding[] }): boolean {
  return ruledOut.length === 0;
}

function judgements(recommendation: Recommendation) {
  return [recommendation, ...recommendation.others];
}

function allFindings(recommendation: Recommendation): Finding[] {
  return judgements(recommendation).flatMap(({ suits, costs, ruledOut }) => [
    ...suits,
    ...costs,
    ...ruledOut,
  ]);
}
