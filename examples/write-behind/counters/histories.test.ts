import { beforeAll, describe, expect, test } from 'vitest';
import { inWords, type Played, playAll, report, wrongOf } from './histories.ts';
import { exact, naive } from './simulation/candidates.ts';
import { play } from './simulation/history.ts';

let all: readonly Played[] = [];

beforeAll(async () => {
  all = await playAll();
}, 120_000);

function playedBy(name: string): Played {
  const played = all.find(({ candidate }) => candidate.name === name);
  if (played === undefined) throw new Error(`nobody has played ${name}`);
  return played;
}

// #region exact
describe.each(exact)('$name', ({ name }) => {
  test('count each addition once, in 1,000 histories', () => {
    const played = playedBy(name);
    expect(played.histories).toHaveLength(1000);
    expect(wrongOf(played).map(inWords)).toEqual([]);
  });

  test('met crashes and lost calls often enough to tell', () => {
    const { histories } = playedBy(name);
    const killed = histories.filter(({ crashes }) => crashes > 0);
    const disturbed = histories.filter(({ lostCalls }) => lostCalls > 0);
    expect(killed.length).toBeGreaterThan(500);
    expect(disturbed.length).toBeGreaterThan(300);
  });
});
// #endregion exact

describe('each of the naive ones counts wrong, and a seed says where', () => {
  test.each([
    ['read, modify, write', 'lost'],
    ['additions without an id', 'repeated'],
    ['an id for each attempt', 'repeated'],
    ['the id outside of the transaction', 'repeated'],
    ['a batch that is not sealed', 'lost'],
    ['a replay under new ids', 'repeated'],
  ] as const)('%s: %s', (name, how) => {
    const wrong = wrongOf(playedBy(name));
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.some((history) => history[how] > 0)).toBe(true);
  });
});

test('a seed plays the same history again', async () => {
  for (const candidate of [...exact, ...naive]) {
    const { histories } = playedBy(candidate.name);
    const [, second] = histories;
    expect(await play(candidate, 2)).toEqual(second);
  }
});

test('the demo prints what is recorded', async () => {
  let output = '';
  report(all, (line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('histories.out.txt');
});
