import { describe, expect, test } from 'vitest';
import {
  choose,
  companions,
  completions,
  type Finding,
  type Judgement,
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

const complete = [...completions({})].map(caseOf);

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
    expect(complete).toHaveLength(2 * 2 * 2 * 3 * 4 * 2 * 4 * 2);
    expect(partial).toHaveLength(3 * 3 * 3 * 4 * 5 * 3 * 5 * 3);
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

  test('what fits all answers has a reason that speaks for it', () => {
    const wrong = complete
      .map(({ recommendation }) => recommendation)
      .filter(isPossible)
      .filter(({ suits }) => suits.length === 0);
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
        `${bestOf(recommendation)}`,
      ]),
    );
    const wrong = partial.filter(({ answers, recommendation }) => {
      const now = `${bestOf(recommendation)}`;
      const stays = [...completions(answers)].every(
        (one) => outcomes.get(`${answersGiven(one)}`) === now,
      );
      return stays !== recommendation.isSettled;
    });
    expect(wrong).toEqual([]);
  });

  test('those are equal that no reason more speaks for', () => {
    const surplus = ({ ruledOut, suits, costs }: Judgement) =>
      `${ruledOut.map(({ answer }) => answer)} ${suits.length - costs.length}`;
    const wrong = partial.filter(({ recommendation }) => {
      const { equals, others } = recommendation;
      const found = others.filter(
        (other) => surplus(other) === surplus(recommendation),
      );
      return `${equals.map(nameOf)}` !== `${found.map(nameOf)}`;
    });
    expect(wrong).toEqual([]);
  });
});

describe('some answers are missing', () => {
  test('without any, nothing is ruled out and nothing is settled', () => {
    const { suits, costs, ruledOut, isSettled, others, equals } = choose({});
    expect([...suits, ...costs, ...ruledOut]).toEqual([]);
    expect(others.every(isPossible)).toBe(true);
    expect(equals).toEqual(others);
    expect(isSettled).toBe(false);
  });

  test('few writes alone have no winner', () => {
    expect(bestOf(choose({ writes: 'few' }))).toEqual(storeFirst);
  });

  test('what is seldom read gains as little from no cache', () => {
    expect(bestOf(choose({ reads: 'seldom' }))).toEqual([
      'write-around',
      'no-cache',
    ]);
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

const cases: readonly [
  data: string,
  Strategy,
  Required<Answers>,
  ...equals: Strategy[],
][] = [
  [
    'payments and balances',
    'no-cache',
    {
      loss: 'none',
      outage: 'fail',
      writes: 'few',
      counts: 'sum',
      readers: 'at-once',
      processes: 'several',
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
      counts: 'sum',
      readers: 'writers',
      processes: 'several',
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
      counts: 'last',
      readers: 'at-once',
      processes: 'several',
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
      counts: 'sum',
      readers: 'later',
      processes: 'one',
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
      counts: 'last',
      readers: 'nobody',
      processes: 'several',
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
      counts: 'each',
      readers: 'later',
      processes: 'one',
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
      counts: 'each',
      readers: 'at-once',
      processes: 'several',
      reads: 'seldom',
      kept: 'row',
    },
    'no-cache',
  ],
  [
    'the lists of a product catalogue',
    'cache-aside',
    {
      loss: 'none',
      outage: 'fail',
      writes: 'few',
      counts: 'last',
      readers: 'writers',
      processes: 'several',
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
      counts: 'last',
      readers: 'writers',
      processes: 'several',
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
      counts: 'last',
      readers: 'nobody',
      processes: 'several',
      reads: 'soon',
      kept: 'row',
    },
  ],
  [
    'feature flags in the memories of five servers',
    'read-through',
    {
      loss: 'none',
      outage: 'fail',
      writes: 'few',
      counts: 'last',
      readers: 'nobody',
      processes: 'several',
      reads: 'often',
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
      counts: 'last',
      readers: 'later',
      processes: 'one',
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
      counts: 'last',
      readers: 'writers',
      processes: 'several',
      reads: 'seldom',
      kept: 'row',
    },
  ],
];

test.each(cases)('%s: %s', (_, strategy, answers, ...equals) => {
  const recommendation = choose(answers);
  expect(recommendation.contradictions).toEqual([]);
  expect(recommendation.isSettled).toBe(true);
  expect(recommendation.strategy).toBe(strategy);
  expect(recommendation.equals.map(nameOf)).toEqual(equals);
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
  [{ counts: 'last' }, strategies],
  [{ counts: 'each' }, strategies],
  [{ counts: 'sum' }, strategies],
  [{ processes: 'one' }, strategies],
  [{ processes: 'several' }, strategies],
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
      'rows-go-together',
      'nobody-sees-delay',
    ],
    ['outage-may-be-lost'],
  ],
  [
    'write-behind-journal',
    { loss: 'seconds', outage: 'accept' },
    ['accepts-in-outage'],
    ['keeps-what-may-be-lost'],
  ],
  [
    'write-behind',
    { writes: 'many', counts: 'last' },
    ['rows-go-together', 'one-row-for-many-writes'],
    [],
  ],
  [
    'write-behind',
    { writes: 'many', counts: 'each' },
    ['rows-go-together'],
    ['later-write-replaces'],
  ],
  [
    'write-behind',
    { writes: 'many', counts: 'sum', processes: 'several' },
    ['rows-go-together'],
    ['owner-adds', 'key-needs-owner'],
  ],
  ['write-through', { counts: 'sum' }, [], ['set-replaces']],
  ['cache-aside', { counts: 'sum' }, ['database-adds'], []],
  ['no-cache', { counts: 'each' }, ['stores-each-write'], []],
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
    ['others-raise-no-version', 'little-to-gain', 'warms-the-unread'],
  ],
  ['write-around', { reads: 'soon' }, [], ['first-read-misses']],
  [
    'write-around',
    { reads: 'seldom' },
    ['write-takes-no-room'],
    ['little-to-gain'],
  ],
  ['write-behind', { reads: 'seldom' }, [], ['little-to-gain']],
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
  ['no-cache', { reads: 'seldom' }, [], []],
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

test('a value in several memories calls for events', () => {
  const rows = { reads: 'often', kept: 'row' } as const;
  const companionsOf = (answers: Answers) => choose(answers).companions;
  expect(choose(rows).strategy).toBe('read-through');
  expect(companionsOf({ ...rows, processes: 'one' })).toEqual(['expiry']);
  for (const answers of [rows, { ...rows, processes: 'several' } as const])
    expect(companionsOf(answers)).toEqual(['expiry', 'events']);
});

test('a cache that processes share needs no events of theirs', () => {
  const answers = {
    loss: 'none',
    reads: 'soon',
    processes: 'several',
  } as const;
  const { strategy, companions } = choose(answers);
  expect(strategy).toBe('write-through');
  expect(companions).toEqual(['expiry']);
});

test('what others write and what is composed calls for companions', () => {
  const { companions } = choose({ readers: 'writers', kept: 'composed' });
  expect(companions).toEqual(['expiry', 'events', 'tags']);
});

function bestOf(recommendation: Recommendation): Strategy[] {
  return [recommendation, ...recommendation.equals].map(nameOf);
}

function nameOf({ strategy }: Judgement): Strategy {
  return strategy;
}

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
