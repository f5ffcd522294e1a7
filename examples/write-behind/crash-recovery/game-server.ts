/** A game server, which others start in order to kill it. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import {
  haltAt,
  haltingJournal,
  type Point,
  tellingStore,
} from './crash-points.ts';
import { type Durability, openJournal, type Place } from './durability.ts';
import { ScoreStore } from './score-store.ts';
import { tell } from './told.ts';

export interface Orders extends Place {
  readonly durability: Durability;
  /** In front of the names of its players: no other server has them. */
  readonly name: string;
  readonly players: number;
  /** Points that each of them wins. Default: until the server ends. */
  readonly wins?: number;
  /** Milliseconds that a score waits for company. Default: 25. */
  readonly maxDelayMs?: number;
  /** Where to stand still. */
  readonly haltAt?: Point;
  /** Stands still at `acknowledged` when it comes to that many. Default: 1. */
  readonly haltAfter?: number;
}

const [, , text = ''] = process.argv;
const orders: Orders = JSON.parse(text);
const { directory, durability, haltAt: point, name, players } = orders;
const { wins = Infinity, maxDelayMs = 25, haltAfter = 1 } = orders;

const store = new ScoreStore({
  file: path.join(directory, 'scores.db'),
  beforeCommit() {
    if (point === 'on its way') haltAt(point);
  },
});
const journal = await openJournal(durability, orders);
tell('opened');

const cache = new WriteBehindCache<string, number>({
  store: tellingStore(store, point),
  ...(journal && { journal: haltingJournal(journal, point) }),
  maxDelayMs,
});
await cache.flush();
tell('recovered');

let acknowledged = 0;

async function play(player: string): Promise<void> {
  for (let score = 1; score <= wins; score += 1) {
    try {
      await cache.set(player, score);
    } catch (error) {
      return tell('refused', player, String(error));
    }
    acknowledged += 1;
    tell('acknowledged', acknowledged, player, score);
    if (point === 'acknowledged' && acknowledged === haltAfter) haltAt(point);
    // They think, and the server does something else.
    await sleep(1);
  }
}

await Promise.all(
  Array.from({ length: players }, (_, index) => play(`${name}/${index}`)),
);
await cache.close();
await journal?.close();
store.close();
tell('closed');
