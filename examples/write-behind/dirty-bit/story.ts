import { sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import { Random } from '../../shared/random.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Store } from '../../shared/store.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import type { Scores } from './scores.ts';

export type ScoresClass = new (store: Store<string, number>) => Scores;

const intervalMs = 1000;

/** A game that is swept every second: one player, and then a hundred. */
export async function story(Swept: ScoresClass, print: Print): Promise<void> {
  const { clock, store, scores } = begin(Swept, 300);
  const show = (what: string) => {
    const time = String(clock.now()).padStart(5);
    const [cached, stored] = [scores.get('linh'), store.peek('linh')];
    print(`${time} ms  ${what}: memory ${cached}, store ${stored ?? 'none'}`);
  };
  scores.set('linh', 10);
  show('linh scores');
  await clock.advance(1100);
  scores.set('linh', 20);
  show('and again, during the flush');
  await clock.advance(200);
  show('the flush ends');
  await clock.advance(10_000);
  show('ten sweeps later');

  print('');
  print('100 players, each scores once a second, for a minute');
  for (const writeMs of [20, 100, 500]) {
    const behind = await playersBehind(Swept, writeMs);
    const time = `${writeMs} ms`.padStart(6);
    print(`flushes of ${time}: the last score of ${behind} is not stored`);
  }
}

/** At random moments, once a second on average. */
async function playersBehind(
  Swept: ScoresClass,
  writeMs: number,
): Promise<number> {
  const { clock, store, scores } = begin(Swept, writeMs);
  const random = new Random(1);
  const players = Array.from({ length: 100 }, (_, index) => `player-${index}`);
  while (clock.now() < 60_000) {
    await clock.advance(10);
    const scoring = players.filter(() => random.chance(1));
    for (const player of scoring) scores.set(player, clock.now());
  }
  await clock.advance(10_000);
  return players.filter((player) => scores.get(player) !== store.peek(player))
    .length;
}

function begin(Swept: ScoresClass, writeMs: number) {
  const clock = new VirtualClock();
  const store = new InMemoryStore<string, number>({ writeMs, clock });
  const scores = new Swept(store);
  const sweep = async () => {
    for (;;) {
      await sleep(clock, intervalMs);
      await scores.sweep();
    }
  };
  void sweep();
  return { clock, store, scores };
}
