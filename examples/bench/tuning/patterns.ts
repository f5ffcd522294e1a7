import { skews, writesOf } from '../coalescing/skews.ts';

export const perSecond = 200;
const devices = 100;

/** What the keys of writes are like, one after the other. */
export interface Pattern {
  readonly name: string;
  readonly is: string;
  readonly keyOf: (write: number) => string;
  /** Milliseconds between two moments at which writes come. */
  readonly tickMs: number;
}

const skewed = skews.find(({ name }) => name === 'zipf-1.5');
if (skewed === undefined) throw new Error('expected a skew to draw posts by');
const likes = writesOf(skewed, 20_000);

export const patterns: readonly Pattern[] = [
  {
    name: 'lines',
    is: 'each write has a key of its own, like the lines of a log',
    keyOf: (write) => `line-${write}`,
    tickMs: 5,
  },
  {
    name: 'devices',
    is: `${devices} keys are written in turn, each ${perSecond / devices} times a second, like the sensors of a plant`,
    keyOf: (write) => `device-${write % devices}`,
    tickMs: 5,
  },
  {
    name: 'likes',
    is: 'few of 1,000 keys have most of the writes (Zipf with exponent 1.5), like posts that are liked',
    keyOf: (write) => likes[write % likes.length]?.key ?? '',
    tickMs: 5,
  },
  {
    name: 'bursts',
    is: 'each write has a key of its own, and all of a second come at once, like the messages of a queue',
    keyOf: (write) => `message-${write}`,
    tickMs: 1000,
  },
];
