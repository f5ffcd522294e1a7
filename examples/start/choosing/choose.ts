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
  /** Those of the others for which the answers speak as much. */
  readonly equals: readonly Judgement[];
  /** Pairs of answers that leave no strategy; then this is the nearest one. */
  readonly contradictions: readonly (readonly [Answer, Answer])[];
  /** All other strategies, the better ones first. */
  readonly others: readonly Judgement[];
  /** No answer to the open questions can change the best, or those equal. */
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
    equals: others.filter((other) => compare(best, other) === 0),
    isSettled: isSettled(answers),
  };
}

function isSettled(answers: Answers): boolean {
  const bestNow = bestOf(answers).join();
  for (const complete of completions(answers)) {
    if (bestOf(complete).join() !== bestNow) return false;
  }
  return true;
}

function bestOf(answers: Answers): Strategy[] {
  const [best, ...others] = rank(answersGiven(answers));
  const equals = others.filter((other) => compare(best, other) === 0);
  return [best, ...equals].map(({ strategy }) => strategy);
}

function rank(given: readonly Answer[]): [Judgement, ...Judgement[]] {
  const [first, ...more] = strategies;
  const judgements: [Judgement, ...Judgement[]] = [
    judge(first, given),
    ...more.map((strategy) => judge(strategy, given)),
  ];
  return judgements.sort(compare);
}

/** Below zero if the first one is better. */
function compare(one: Judgement, other: Judgement): number {
  return (
    wrongs(one) - wrongs(other) ||
    one.ruledOut.length - other.ruledOut.length ||
    score(other) - score(one)
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
  const found: Record<Verdict['effect'], Finding[]> = {
    suits: [],
    costs: [],
    'rules-out': [],
  };
  for (const answer of given) {
    for (const { effect, because, strategies } of verdictsOn(answer)) {
      if (strategies.includes(strategy))
        found[effect].push({ because, answer });
    }
  }
  return {
    strategy,
    suits: found.suits,
    costs: found.costs,
    ruledOut: found['rules-out'],
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
  { readers, processes, kept }: Answers,
): Companion[] {
  const isBesideStore = besideStore.some((one) => one === strategy);
  if (!isBesideStore) return [];
  const found: Companion[] = ['expiry'];
  const isInMemory = strategy === 'read-through';
  const hasOtherCopies = isInMemory && processes !== 'one';
  if (readers === 'writers' || hasOtherCopies) found.push('events');
  if (kept === 'composed') found.push('tags');
  return found;
}

/** All ways in which the open questions may be answered. */
export function* completions(answers: Answers): Generator<Answers> {
  const open = questionNames.find((name) => answers[name] === undefined);
  if (open === undefined) {
    yield answers;
    return;
  }
  for (const value of questions[open])
    yield* completions({ ...answers, [open]: value });
}
