import { Random } from '../../shared/random.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { InMemoryCounterJournal } from './in-memory-counter-journal.ts';
import type { Candidate, Counters } from './simulation/candidate.ts';
import { MortalProcess } from './simulation/mortal-process.ts';
import { allPromiseJobs } from './simulation/promise-jobs.ts';
import { type Send, unreliableLine } from './simulation/unreliable-line.ts';

interface Situation {
  readonly name: string;
  readonly nodes: number;
  /** Every fifth answer does not arrive. */
  readonly losesAnswers?: true;
  /** After half a minute, when the database has a batch, and has not answered. */
  readonly isKilled?: true;
}

const situations: readonly Situation[] = [
  { name: 'one node', nodes: 1 },
  { name: 'two nodes', nodes: 2 },
  { name: 'one node, and answers get lost', nodes: 1, losesAnswers: true },
  { name: 'one node, killed before an answer', nodes: 1, isKilled: true },
];

/** Minutes of one page, with some ten views a second on each node. */
export async function story(candidate: Candidate, print: Print): Promise<void> {
  print(candidate.name);
  for (const situation of situations) {
    // Whoever has no journal loses something else as well.
    if (situation.isKilled && !candidate.survivesCrash) continue;
    const { views, stored } = await minuteOf(candidate, situation);
    const difference = stored - views;
    const sign = difference > 0 ? '+' : '';
    const line = [
      `  ${situation.name}`.padEnd(38),
      `views ${views}`.padEnd(13),
      `stored ${stored}`.padEnd(14),
      difference === 0 ? '' : `${sign}${difference}`,
    ];
    print(line.join('').trimEnd());
  }
}

async function minuteOf(candidate: Candidate, situation: Situation) {
  const clock = new VirtualClock(allPromiseJobs);
  const database = candidate.begin(() => {});
  const killAt = situation.isKilled ? 30_000 : Infinity;
  let kills = 0;
  let calls = 0;
  const line = unreliableLine(clock, () => {
    calls += 1;
    const isLost = situation.losesAnswers && calls % 5 === 0;
    const times = { thereMs: 10, backMs: 10 };
    return isLost ? { ...times, lost: 'answer' } : times;
  });
  /** The next process begins where this one ends. */
  const run = async (node: Node): Promise<void> => {
    const toDatabase: Send = (work) =>
      line(async () => {
        const answer = await work();
        if (clock.now() < killAt || kills > 0) return answer;
        kills += 1;
        process.kill();
        await run(node);
        return answer;
      });
    const toDisk: Send = (work) => work();
    const { disk } = node;
    const process = new MortalProcess({ clock, disk, toDatabase, toDisk });
    node.counters = await database.start(process);
  };
  const nodes = Array.from({ length: situation.nodes }, (): Node => {
    return { disk: new InMemoryCounterJournal(), counters: undefined };
  });
  for (const node of nodes) await run(node);
  const random = new Random(1);
  let views = 0;
  while (clock.now() < 60_000) {
    await clock.advance(10);
    for (const { counters } of nodes) {
      if (counters === undefined || !random.chance(10)) continue;
      views += 1;
      void counters.add('/lamp', 1);
    }
  }
  await clock.advance(10_000);
  return { views, stored: database.count('/lamp') };
}

interface Node {
  readonly disk: InMemoryCounterJournal;
  counters: Counters | undefined;
}
