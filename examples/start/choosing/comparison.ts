/** What each strategy does in each situation, as a run of it finds. */
import type { Candidate, PromiseId } from '../../conformance/candidate.ts';
import {
  exempt,
  strategyCandidates,
} from '../../conformance/strategy-candidates.ts';
import { promiseIds, verifyAll } from '../../conformance/verify.ts';
import {
  writeBehind,
  writeBehindWithJournal,
} from '../../conformance/write-behind-candidates.ts';
import { Deployment, latencies, type Subject, subjects } from './deployment.ts';

// #region situations
/** The situations, each with all that may come of it. */
export const situations = {
  'same-process': ['at-once', 'later'],
  'another-process': ['at-once', 'by-event', 'by-expiry', 'when-evicted'],
  'the-database': ['at-once', 'by-flush'],
  acknowledged: [
    'memory',
    'journal',
    'database',
    'database-and-cache',
    'database-and-bus',
  ],
  'ten-writes': ['one', 'ten'],
  'first-read': ['hit', 'miss'],
  'down-warm-read': ['goes-on', 'fails'],
  'down-cold-read': ['goes-on', 'fails'],
  'down-write': ['is-kept', 'fails'],
  'cache-dies-read': ['from-database', 'from-database-anew'],
  'cache-dies-loss': ['nothing', 'unflushed'],
  'process-dies-loss': ['nothing', 'unflushed'],
} as const;
// #endregion situations

export type Situation = keyof typeof situations;
export type Outcome<S extends Situation = Situation> =
  (typeof situations)[S][number];

const promiseVerdicts = [
  'kept',
  'broken',
  'memory-only',
  ...Object.values(exempt),
] as const;

/** What the referee says, or why it does not ask. */
export type PromiseVerdict = (typeof promiseVerdicts)[number];

export interface Comparison {
  /** As under `strategies/`, one of them in both of its forms. */
  readonly strategies: readonly string[];
  /** One outcome for each strategy, in their order. */
  readonly situations: readonly {
    readonly situation: Situation;
    readonly outcomes: readonly Outcome[];
  }[];
  /** Likewise, one verdict for each strategy. */
  readonly promises: readonly {
    readonly promise: PromiseId;
    readonly verdicts: readonly PromiseVerdict[];
  }[];
}

export async function compare(): Promise<Comparison> {
  return {
    strategies: subjects.map(({ name }) => name),
    situations: await inTurn(situationNames, async (situation) => {
      const find = (subject: Subject) => outcomeOf(situation, subject);
      return { situation, outcomes: await inTurn(subjects, find) };
    }),
    promises: await promisesOf(subjects.map(candidateOf)),
  };
}

export const situationNames = Object.keys(situations) as readonly Situation[];

export function outcomeOf(
  situation: Situation,
  subject: Subject,
): Promise<Outcome> {
  return runs[situation](new Scenario(subject));
}

/** What happens to one strategy. Its calls let the time pass that they need. */
class Scenario {
  readonly place: Deployment;
  process;

  constructor(subject: Subject) {
    this.place = new Deployment(subject, [['plan', 'free']]);
    this.process = this.place.start();
  }

  get(key: string, { cache } = this.process): Promise<string | undefined> {
    return this.place.clock.until(cache.get(key));
  }

  set(key: string, value: string): Promise<void> {
    return this.place.clock.until(this.process.cache.set(key, value));
  }

  close(): Promise<unknown> {
    return this.place.clock.until(this.process.cache.close());
  }

  restart(): void {
    this.process.crash();
    this.process = this.place.start();
  }

  pass(ms: number): Promise<void> {
    return this.place.clock.advance(ms);
  }
}

/** Each begins with a key that is in the database, and has not been read. */
const runs: {
  readonly [S in Situation]: (scenario: Scenario) => Promise<Outcome<S>>;
} = {
  // #region same-process
  async 'same-process'(scenario) {
    await scenario.get('plan');
    await scenario.set('plan', 'pro');
    return (await scenario.get('plan')) === 'pro' ? 'at-once' : 'later';
  },
  // #endregion same-process

  async 'another-process'(scenario) {
    const other = scenario.place.start();
    const isNew = async () => (await scenario.get('plan', other)) === 'pro';
    await scenario.get('plan', other);
    await scenario.set('plan', 'pro');
    if (await isNew()) return 'at-once';
    await scenario.pass(longerThanAnyEvent);
    if (await isNew()) return 'by-event';
    await scenario.pass(longerThanAnyFlush + longerThanAnyExpiry);
    if (await isNew()) return 'by-expiry';
    const others = Array.from({ length: 10_000 }, (_, id) => `other ${id}`);
    const reads = others.map((key) => other.cache.get(key));
    await scenario.place.clock.until(Promise.all(reads));
    if (await isNew()) return 'when-evicted';
    throw unforeseen('never');
  },

  async 'the-database'(scenario) {
    await scenario.set('plan', 'pro');
    if (scenario.place.stored('plan') === 'pro') return 'at-once';
    await scenario.pass(longerThanAnyFlush);
    if (scenario.place.stored('plan') === 'pro') return 'by-flush';
    throw unforeseen('never');
  },

  async acknowledged(scenario) {
    const { clock } = scenario.place;
    const begun = clock.now();
    await scenario.set('plan', 'pro');
    const { journal, write, cache, publish } = latencies;
    const ms = clock.now() - begun;
    if (ms === 0) return 'memory';
    if (ms === journal) return 'journal';
    if (ms === write) return 'database';
    if (ms === write + cache) return 'database-and-cache';
    if (ms === write + publish) return 'database-and-bus';
    throw unforeseen(`${ms} ms`);
  },

  async 'ten-writes'(scenario) {
    for (let score = 1; score <= 10; score++) {
      await scenario.set('score', String(score));
    }
    await scenario.close();
    const { writes } = scenario.place.counts;
    if (writes === 1) return 'one';
    if (writes === 10) return 'ten';
    throw unforeseen(`${writes} writes`);
  },

  async 'first-read'(scenario) {
    await scenario.get('plan');
    await scenario.set('plan', 'pro');
    const { reads } = scenario.place.counts;
    await scenario.get('plan');
    return scenario.place.counts.reads === reads ? 'hit' : 'miss';
  },

  async 'down-warm-read'(scenario) {
    await scenario.get('plan');
    scenario.place.databaseFails();
    return (await succeeds(scenario.get('plan'))) ? 'goes-on' : 'fails';
  },

  async 'down-cold-read'(scenario) {
    scenario.place.databaseFails();
    return (await succeeds(scenario.get('plan'))) ? 'goes-on' : 'fails';
  },

  // #region down-write
  async 'down-write'(scenario) {
    scenario.place.databaseFails();
    const isAcknowledged = await succeeds(scenario.set('plan', 'pro'));
    await scenario.pass(outageMs);
    scenario.place.databaseIsBack();
    await scenario.pass(longerThanAnyPause);
    const isStored = scenario.place.stored('plan') === 'pro';
    if (isAcknowledged !== isStored) throw unforeseen('a broken promise');
    return isStored ? 'is-kept' : 'fails';
  },
  // #endregion down-write

  async 'cache-dies-read'(scenario) {
    await scenario.set('plan', 'pro');
    await scenario.pass(longerThanAnyFlush);
    const isShared = await sharesItsCache(scenario);
    if (isShared) scenario.place.shared.breakDown();
    else scenario.restart();
    const { reads } = scenario.place.counts;
    const value = await scenario.get('plan');
    const isLoaded = scenario.place.counts.reads > reads;
    if (value !== 'pro' || !isLoaded) throw unforeseen(String(value));
    return isShared ? 'from-database' : 'from-database-anew';
  },

  async 'cache-dies-loss'(scenario) {
    const isShared = await sharesItsCache(scenario);
    await scenario.set('plan', 'pro');
    if (isShared) scenario.place.shared.clear();
    else scenario.restart();
    return lossIn(scenario);
  },

  async 'process-dies-loss'(scenario) {
    await scenario.get('plan');
    await scenario.set('plan', 'pro');
    scenario.restart();
    return lossIn(scenario);
  },
};

const outageMs = 30_000;
const longerThanAnyPause = 10_000;
const longerThanAnyEvent = 20;
const longerThanAnyFlush = 2_000;
const longerThanAnyExpiry = 70_000;

/** Otherwise it lives in the process, and dies with it. */
async function sharesItsCache(scenario: Scenario): Promise<boolean> {
  const { gets } = scenario.place.shared.counts();
  await scenario.get('plan');
  return scenario.place.shared.counts().gets > gets;
}

async function lossIn(scenario: Scenario): Promise<'nothing' | 'unflushed'> {
  await scenario.pass(longerThanAnyFlush);
  const stored = scenario.place.stored('plan');
  const read = await scenario.get('plan');
  if (read !== stored) throw unforeseen(`${read}, not ${stored}`);
  return stored === 'pro' ? 'nothing' : 'unflushed';
}

function succeeds(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    () => false,
  );
}

function unforeseen(outcome: string): Error {
  return new Error(`nobody has foreseen this outcome: ${outcome}`);
}

// #region promises
async function promisesOf(
  candidates: readonly Candidate[],
): Promise<Comparison['promises']> {
  const columns = await inTurn(candidates, async (candidate) => {
    const verdicts = await verifyAll(candidate);
    return verdicts.map(({ promise, state }) =>
      known(state === 'not asked' ? reasonOf(candidate, promise) : state),
    );
  });
  return promiseIds.map((promise, index) => ({
    promise,
    verdicts: columns.map((column) => known(column[index])),
  }));
}

function reasonOf({ exempt = {} }: Candidate, promise: PromiseId): string {
  return exempt[promise] ?? 'memory-only';
}

function known(verdict: string | undefined): PromiseVerdict {
  const found = promiseVerdicts.find((one) => one === verdict);
  if (found === undefined) throw unforeseen(`the verdict ${verdict}`);
  return found;
}

function candidateOf({ name }: Subject): Candidate {
  const all = [writeBehind, writeBehindWithJournal, ...strategyCandidates];
  const found = all.find(
    (candidate) => candidate.name === `strategies/${name}`,
  );
  if (found === undefined) throw new Error(`no candidate for ${name}`);
  return found;
}
// #endregion promises

async function inTurn<T, U>(
  items: readonly T[],
  run: (item: T) => Promise<U>,
): Promise<U[]> {
  const results: U[] = [];
  for (const item of items) results.push(await run(item));
  return results;
}
