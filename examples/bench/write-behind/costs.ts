import {
  type DerivedFigure,
  type Part,
  samplesFrom,
} from '../harness/benchmark.ts';
import { costRatio, type Figure, type Sample } from '../harness/figure.ts';
import { inDigits } from '../harness/in-digits.ts';
import { timeRounds } from '../harness/rounds.ts';
import { newCache, noJournal } from './subject.ts';
import { onCache, onMap, type Verb } from './works.ts';

interface Operation {
  readonly verb: Verb;
  readonly doing: string;
  /** What the names of its figures begin with. */
  readonly name: string;
}

export const set = operation('set', 'acknowledging a set', 'ack');
export const add = operation(
  'new',
  'setting new keys, as many as are pending and at least 1,000,',
);
export const get = operation('get', 'getting a pending key');
export const remove = operation('delete', 'deleting a pending key');

function operation(
  verb: Verb,
  doing: string,
  name = `cost-${verb}`,
): Operation {
  return { verb, doing, name };
}

/** What an operation costs at a number of pending keys. */
export function costOf(
  { verb, doing, name }: Operation,
  pending: number,
  aim?: Figure['aim'],
): Part {
  const figure = `${name}-${pending}`;
  return {
    figures: { [figure]: { ...cost(doing, pending), ...(aim && { aim }) } },
    async measure(scale) {
      const task = { verb, pending, scale };
      const works = { cache: await onCache(task), map: await onMap(task) };
      return samplesFrom(await timeRounds(works, scale), {
        [figure]: (cost) => costRatio(cost.cache, cost.map),
      });
    },
  };
}

export const journalled: Part = {
  figures: {
    'ack-1-journal': cost(`${set.doing}, with a journal,`, 1),
  },
  async measure(scale) {
    const task = { verb: 'set', pending: 1, scale } as const;
    const works = {
      cache: await onCache(task, () => newCache({ journal: noJournal })),
      map: await onMap(task),
    };
    return samplesFrom(await timeRounds(works, scale), {
      'ack-1-journal': (cost) => costRatio(cost.cache, cost.map),
    });
  },
};

/** Whether an operation gets dearer as pending keys get more. */
export function growthOf({ doing, name }: Operation): DerivedFigure {
  return {
    figure: {
      is: `how much dearer ${doing} is while 100,000 keys are pending than while 1 is, against the same on a bare Map`,
      unit: 'ratio',
      compares: 'times',
      aim: { atMost: 2 },
    },
    derive(samples) {
      const few = samples[`${name}-1`] ?? [];
      const many = samples[`${name}-100000`] ?? [];
      return few.flatMap((sample, round) => growth(sample, many[round]) ?? []);
    },
  };
}

function growth(few: Sample, many: Sample | undefined): Sample | undefined {
  if (!few.subject || !few.baseline) return undefined;
  if (!many?.subject || !many.baseline) return undefined;
  return costRatio(many.subject / few.subject, many.baseline / few.baseline);
}

function cost(doing: string, pending: number): Figure {
  const keys = pending === 1 ? '1 key is' : `${inDigits(pending)} keys are`;
  return {
    is: `the cost of ${doing} while ${keys} pending, against the same on a bare Map`,
    unit: 'ratio',
    compares: 'nanoseconds',
  };
}
