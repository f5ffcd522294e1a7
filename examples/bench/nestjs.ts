/** What each strategy does to the requests of a Nest application. */
import { AppProcess } from '../production/nestjs/app-process.ts';
import { type Strategy, strategies } from '../production/nestjs/database.ts';
import {
  type Benchmark,
  type Part,
  type Samples,
  type Scale,
  scaled,
} from './harness/benchmark.ts';
import { costRatio, type Figure, type Sample } from './harness/figure.ts';
import { median, quantile } from './harness/statistics.ts';
import { type Call, type Load, load } from './nestjs/load.ts';

const clients = 32;
const products = 500;
const readMs = 20;
const writeMs = 100;

/** What is fast is asked for more often, so that all take about a second. */
const fastRequests = 1600;
const slowRequests = 96;
const aloneRequests = 5;

const paths = {
  put: (strategy: Strategy): Call => ({
    method: 'PUT',
    path: (number) => `/cache-strategies/${strategy}/${idOf(number)}`,
    body: (number) => ({ stock: number % 1000 }),
  }),
  get: (strategy: Strategy): Call => ({
    method: 'GET',
    path: (number) => `/cache-strategies/${strategy}/${idOf(number)}`,
  }),
  nothing: { method: 'GET', path: () => '/health/live' } satisfies Call,
};

function idOf(number: number): number {
  return (number % products) + 1;
}

export const benchmark: Benchmark = {
  conditions: [
    `The application is a process of its own, and its clients are in another one on the same machine; they talk over loopback. There are ${clients} clients, and one where it says so. Each waits for its answer before it asks again.`,
    `The database is simulated: a read takes ${readMs} ms and a write ${writeMs} ms, however many there are. The cache is in the memory of the process, and has met all ${products} products before. No two clients change the same product at the same time.`,
    'Requests are counted, and not logged. Latency is what a client sees.',
  ].join(' '),
  parts: [loadPart()],
  derived: {},
};

function loadPart(): Part {
  return {
    figures: {
      ...figuresOf('nothing', 'a request that does nothing', 'nothing'),
      ...Object.fromEntries(
        (['put', 'get'] as const).flatMap((method) =>
          strategies.flatMap((strategy) =>
            Object.entries(
              figuresOf(method, `a ${method} with ${strategy}`, strategy),
            ),
          ),
        ),
      ),
      ...Object.fromEntries(
        strategies.map((strategy) => [
          `alone/${strategy}`,
          {
            is: `a PUT with ${strategy}, of a single client`,
            unit: 'milliseconds' as const,
          },
        ]),
      ),
      'alone-through-behind': {
        is: 'the latency of a PUT with write-through against write-behind, of a single client',
        unit: 'ratio',
        compares: 'times',
      },
      'put-through-behind': {
        is: 'the median latency of a PUT with write-through against write-behind',
        unit: 'ratio',
        compares: 'times',
      },
      'rate-behind-through': {
        is: 'the PUTs a second with write-behind against write-through',
        unit: 'ratio',
        compares: 'times',
      },
      'rate-behind-nothing': {
        is: 'the PUTs a second with write-behind against requests that do nothing',
        unit: 'ratio',
        compares: 'times',
      },
    },
    measure,
  };
}

function figuresOf(
  family: string,
  what: string,
  row: string,
): Record<string, Figure> {
  return {
    [`${family}/rate/${row}`]: {
      is: `${what}: so many a second`,
      unit: 'count',
    },
    [`${family}/p50/${row}`]: {
      is: `${what}: its median latency`,
      unit: 'milliseconds',
    },
    [`${family}/p99/${row}`]: {
      is: `${what}: what one in a hundred takes at least`,
      unit: 'milliseconds',
    },
  };
}

async function measure(scale: Scale): Promise<Samples> {
  const rounds = Math.min(3, scale.rounds);
  const samples: Record<string, Sample[]> = {};
  const add = (name: string, sample: Sample) => {
    samples[name] = [...(samples[name] ?? []), sample];
  };
  await using app = await AppProcess.start({
    READ_MS: String(readMs),
    WRITE_MS: String(writeMs),
    PRODUCTS: String(products),
    LOG_REQUESTS: 'no',
  });
  await meetAll(app.url, scale);
  for (let round = -Math.min(1, scale.warmUps); round < rounds; round += 1) {
    const figures = await oneRound(app.url, round, scale);
    if (round < 0) continue;
    for (const [name, sample] of Object.entries(figures)) add(name, sample);
  }
  const names = Object.keys(loadPart().figures);
  return Object.fromEntries(names.map((name) => [name, samples[name] ?? []]));
}

/** So that no round pays for the first read of a product. */
async function meetAll(url: string, scale: Scale): Promise<void> {
  const requests = Math.max(clients, scaled(products, scale));
  for (const strategy of strategies) {
    await load(url, paths.get(strategy), { clients, requests });
  }
}

async function oneRound(
  url: string,
  round: number,
  scale: Scale,
): Promise<Record<string, Sample>> {
  const figures: Record<string, Sample> = {};
  const note = (
    family: string,
    row: string,
    { ratePerSecond, latencies }: Load,
  ) => {
    figures[`${family}/rate/${row}`] = { value: ratePerSecond };
    figures[`${family}/p50/${row}`] = { value: median(latencies) };
    figures[`${family}/p99/${row}`] = { value: quantile(latencies, 0.99) };
  };
  const many = (count: number) => ({ clients, requests: scaled(count, scale) });
  note(
    'nothing',
    'nothing',
    await load(url, paths.nothing, many(fastRequests)),
  );
  const first = Math.abs(round) % strategies.length;
  for (const strategy of [
    ...strategies.slice(first),
    ...strategies.slice(0, first),
  ]) {
    const isFast = strategy === 'write-behind';
    const count = isFast ? fastRequests : slowRequests;
    note('put', strategy, await load(url, paths.put(strategy), many(count)));
    // What a PUT has taken out of the cache is there again.
    await load(url, paths.get(strategy), many(slowRequests));
    note(
      'get',
      strategy,
      await load(url, paths.get(strategy), many(fastRequests)),
    );
    const alone = { clients: 1, requests: scaled(aloneRequests, scale) };
    const { latencies } = await load(url, paths.put(strategy), alone);
    figures[`alone/${strategy}`] = { value: median(latencies) };
  }
  const ratio = (subject: string, baseline: string) =>
    costRatio(figures[subject]?.value ?? 0, figures[baseline]?.value ?? 0);
  return {
    ...figures,
    'alone-through-behind': ratio('alone/write-through', 'alone/write-behind'),
    'put-through-behind': ratio(
      'put/p50/write-through',
      'put/p50/write-behind',
    ),
    'rate-behind-through': ratio(
      'put/rate/write-behind',
      'put/rate/write-through',
    ),
    'rate-behind-nothing': ratio(
      'put/rate/write-behind',
      'nothing/rate/nothing',
    ),
  };
}
