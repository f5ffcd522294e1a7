/**
 * One seed, one history: two nodes that count, a database that they can hardly
 * reach, and processes that die. In the end, each addition must be there once.
 */
import { sleep } from '../../../shared/clock.ts';
import { Random } from '../../../shared/random.ts';
import { VirtualClock } from '../../../shared/virtual-clock.ts';
import { InMemoryCounterJournal } from '../in-memory-counter-journal.ts';
import type { Candidate, Counters, Database } from './candidate.ts';
import { type Addition, Ledger, type Verdict } from './ledger.ts';
import { MortalProcess } from './mortal-process.ts';
import { allPromiseJobs } from './promise-jobs.ts';
import { unreliableLine } from './unreliable-line.ts';
import {
  anyWeather,
  calm,
  fateOnTheDisk,
  fateOnTheLine,
  latestMs,
  type Weather,
} from './weather.ts';

export interface History extends Verdict {
  readonly seed: number;
  readonly crashes: number;
  /** Of which a request or an answer was lost. */
  readonly lostCalls: number;
}

const keys = ['/home', '/lamp', '/chair'];

/** The same for the same seed, on every machine. */
export async function play(
  candidate: Candidate,
  seed: number,
): Promise<History> {
  const world = new World(candidate, new Random(seed));
  await world.run();
  return { seed, ...world.outcome() };
}

class World {
  readonly #candidate: Candidate;
  readonly #random: Random;
  readonly #clock = new VirtualClock(allPromiseJobs);
  readonly #database: Database;
  readonly #weather: Weather;
  readonly #nodes: Node[] = [];
  readonly #ledger = new Ledger();
  #crashes = 0;
  #lostCalls = 0;

  constructor(candidate: Candidate, random: Random) {
    this.#candidate = candidate;
    this.#random = random;
    this.#weather = anyWeather(random);
    this.#database = candidate.begin(() => {
      if (random.chance(this.#weather.refusing)) {
        throw new Error('the row is locked');
      }
    });
  }

  async run(): Promise<void> {
    for (let node = 0; node < 2; node += 1) {
      const disk = new InMemoryCounterJournal();
      this.#nodes.push(await this.#start(disk));
    }
    const steps = this.#random.between(10, 60);
    for (let step = 0; step < steps; step += 1) await this.#step();
    await this.#end();
  }

  async #step(): Promise<void> {
    const index = this.#random.between(0, this.#nodes.length - 1);
    const node = this.#nodes[index];
    if (node === undefined) return;
    const step = this.#random.weighted([
      [60, 'add'],
      [25, 'wait'],
      [10, 'flush'],
      [5, 'crash'],
    ] as const);
    if (step === 'add') this.#add(node);
    if (step === 'flush') this.#flush(node).catch(() => {});
    if (step === 'crash') this.#nodes[index] = await this.#restart(node);
    const ms = step === 'wait' ? this.#random.between(1, 120) : 0;
    await this.#clock.advance(ms);
  }

  #add(node: Node): void {
    const key = this.#random.pick(keys);
    const addition = this.#ledger.add(key);
    if (addition === undefined) return;
    node.owed.push(addition);
    const added = node.counters.add(key, addition.by);
    const survives = this.#candidate.survivesCrash;
    added.then(
      () => {
        if (survives) addition.isSafe = true;
      },
      // It is in memory all the same, and counts unless the process dies.
      () => {},
    );
  }

  async #flush(node: Node): Promise<void> {
    const owed = [...node.owed];
    await node.counters.flush();
    for (const addition of owed) addition.isSafe = true;
  }

  async #restart(node: Node): Promise<Node> {
    node.process.kill();
    this.#crashes += 1;
    for (const addition of node.owed) addition.isUnsure = !addition.isSafe;
    return this.#start(node.disk);
  }

  async #start(disk: InMemoryCounterJournal): Promise<Node> {
    const toDatabase = unreliableLine(this.#clock, () => {
      const fate = fateOnTheLine(this.#weather, this.#random);
      if (fate.lost !== undefined) this.#lostCalls += 1;
      return fate;
    });
    const toDisk = unreliableLine(this.#clock, () =>
      fateOnTheDisk(this.#weather, this.#random),
    );
    const process = new MortalProcess({
      ...{ clock: this.#clock, toDatabase, toDisk, disk },
    });
    const start = Promise.resolve(this.#database.start(process));
    const counters = await this.#clock.until(start);
    return { counters, process, disk, owed: [] };
  }

  outcome(): Omit<History, 'seed'> {
    const verdict = this.#ledger.compare((key) => this.#database.count(key));
    return { ...verdict, crashes: this.#crashes, lostCalls: this.#lostCalls };
  }

  /** The weather clears up, and all that is late arrives. */
  async #end(): Promise<void> {
    Object.assign(this.#weather, calm);
    for (const node of this.#nodes) {
      await this.#clock.until(this.#flushAtLast(node), 100_000);
    }
    await this.#clock.advance(latestMs);
  }

  async #flushAtLast(node: Node): Promise<void> {
    for (;;) {
      try {
        return await this.#flush(node);
      } catch {
        await sleep(this.#clock, 10);
      }
    }
  }
}

interface Node {
  readonly counters: Counters;
  readonly disk: InMemoryCounterJournal;
  readonly process: MortalProcess;
  /** What it was given. */
  readonly owed: Addition[];
}
