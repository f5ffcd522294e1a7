import { Random } from '../../shared/random.ts';

export interface Request {
  /** Milliseconds from the request before it. */
  readonly afterMs: number;
  readonly type: 'get' | 'set';
  readonly key: string;
}

export interface Workload {
  readonly name: string;
  /** In words, as the rest of a sentence. */
  readonly is: string;
  readonly readPercent: number;
  readonly nextKey: (random: Random) => string;
  /** Milliseconds before a request, by its number. */
  readonly pause: (number: number, random: Random) => number;
}

const keyCount = 1000;

export const keys: readonly string[] = Array.from(
  { length: keyCount },
  (_, index) => keyOf(index + 1),
);

export const workloads: readonly Workload[] = [
  {
    name: 'read-heavy',
    is: '95 % of the requests read, and each key is as likely as any other',
    readPercent: 95,
    nextKey: anyKey,
    pause: steadily,
  },
  {
    name: 'write-heavy',
    is: '80 % of the requests write, and each key is as likely as any other',
    readPercent: 20,
    nextKey: anyKey,
    pause: steadily,
  },
  {
    name: 'skewed',
    is: '80 % of the requests read, and the key of rank n is n times less likely than the first (Zipf)',
    readPercent: 80,
    nextKey: keyByZipf,
    pause: steadily,
  },
  {
    name: 'bursty',
    is: 'half of the requests read, each key is as likely as any other, and 500 requests come within some 250 ms, then none for 750 ms',
    readPercent: 50,
    nextKey: anyKey,
    pause: (number, random) =>
      (number > 0 && number % 500 === 0 ? 750 : 0) + random.between(0, 1),
  },
];

/** The same ones for each strategy. */
export function requestsOf(workload: Workload, count: number): Request[] {
  const { readPercent, nextKey, pause } = workload;
  const random = new Random(1);
  return Array.from({ length: count }, (_, number) => ({
    afterMs: pause(number, random),
    type: random.chance(readPercent) ? 'get' : 'set',
    key: nextKey(random),
  }));
}

/** 500 a second. */
function steadily(_: number, random: Random): number {
  return random.between(0, 4);
}

function anyKey(random: Random): string {
  return keyOf(random.between(1, keyCount));
}

/** The sums of 1, 1/2, 1/3 and so on, up to each rank. */
const zipfSums: number[] = [];
for (const rank of keys.keys()) {
  zipfSums.push((zipfSums.at(-1) ?? 0) + 1 / (rank + 1));
}

function keyByZipf(random: Random): string {
  const target = random.fraction() * (zipfSums.at(-1) ?? 0);
  return keyOf(zipfSums.findIndex((sum) => target < sum) + 1);
}

function keyOf(rank: number): string {
  return `product:${rank}`;
}
