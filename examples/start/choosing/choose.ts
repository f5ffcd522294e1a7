/** From a few answers to a strategy, with what speaks for it and against it. */
import {
  type Answer,
  type Answers,
  answersGiven,
  besideStore,
  questionNames,
  questions,
  type Reason,
  type Strategy,
  strategies,
  type Verdict,
  verdicts,
} from './verdicts.ts';

/** They go with a strategy, and replace none. */
export const companions = ['expiry', 'events', 'tags'] as const;

export type Companion = (typeof companions)[number];

/** A reason, and the answer that it follows from. */
export interface Finding {
  readonly because: Reason;
  readonly answer: Answer;
}

/** What the answers say about one strategy. */
export interface Judgement {
  readonly strategy: Strategy;
  readonly suits: readonly Finding[];
  readonly costs: readonly Finding[];
  /** Not empty if an answer excludes the strategy. */
  readonly ruledOut: readonly Finding[];
}

export interface Recommendation extends Judgement {
  readonly companions: readonly Companion[];
  /** Pairs of answers that leave no strategy; then this is the nearest one. */
  readonly contradictions: readonly (readonly [Answer, Answer])[];
  /** All other strategies, the better ones first. */
  readonly others: readonly Judgement[];
  /** No answer to the open questions can change the strategy. */
  readonly isSettled: boolean;
}

// #region choose
/** Recommends a strategy, whichever of the questions are answered. */
export function choose(answers: Answers): Recommendation {
  const given = answersGiven(answers);
  const [best, ...others] = rank(given);
  return {
    ...best,
    companions: companionsOf(best.strategy, answers),
    contradictions: contradictionsAmong(given),
    others,
    isSettled: completions(answers).every(
      (complete) => rank(answersGiven(complete))[0].strategy === best.strategy,
    ),
  };
}

function rank(given: readonly Answer[]): [Judgement, ...Judgement[]] {
  const [first, ...more] = strategies;
  const judgements: [Judgement, ...Judgement[]] = [
    judge(first, given),
    ...more.map((strategy) => judge(strategy, given)),
  ];
  return judgements.sort(
    (a, b) =>
      wrongs(a) - wrongs(b) ||
      a.ruledOut.length - b.ruledOut.length ||
      score(b) - score(a),
  );
}

/** Where no strategy is left, to wait is better than to be wrong. */
function wrongs({ ruledOut }: Judgement): number {
  return ruledOut.filter(({ answer }) => !asksForSpeed.has(answer)).length;
}

const asksForSpeed: ReadonlySet<Answer> = new Set([
  'outage=accept',
  'writes=many',
]);

function score({ suits, costs }: Judgement): number {
  return suits.length - costs.length;
}
// #endregion choose

function judge(strategy: Strategy, given: readonly Answer[]): Judgement {
  const findings = (effect: Verdict['effect']) =>
    given.flatMap((answer) =>
      verdictsOn(answer)
        .filter((verdict) => verdict.effect === effect)
        .filter((verdict) => verdict.strategies.includes(strategy))
        .map(({ because }) => ({ because, answer })),
    );
  return {
    strategy,
    suits: findings('suits'),
    costs: findings('costs'),
    ruledOut: findings('rules-out'),
  };
}

function verdictsOn(
  answer: Answer,
): readonly (Verdict & { readonly because: Reason })[] {
  return verdicts[answer];
}

/** What remains possible shrinks by each answer; two are enough to empty it. */
function contradictionsAmong(given: readonly Answer[]): [Answer, Answer][] {
  return given.flatMap((one, index) =>
    given
      .slice(index + 1)
      .filter((other) =>
        strategies.every(
          (strategy) => judge(strategy, [one, other]).ruledOut.length > 0,
        ),
      )
      .map((other): [Answer, Answer] => [one, other]),
  );
}

function companionsOf(
  strategy: Strategy,
  { readers, kept }: Answers,
): Companion[] {
  const isBesideStore = besideStore.some((one) => one === strategy);
  if (!isBesideStore) return [];
  const found: Companion[] = ['expiry'];
  if (readers === 'writers') found.push('events');
  if (kept === 'composed') found.push('tags');
  return found;
}

/** All ways in which the open questions may be answered. */
export function completions(answers: Answers): Answers[] {
  const open = questionNames.find((name) => answers[name] === undefined);
  if (open === undefined) return [answers];
  return questions[open].flatMap((value) =>
    completions({ ...answers, [open]: value }),
  );
}
