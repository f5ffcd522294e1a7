import { describe, expect, test } from 'vitest';
import { keys, requestsOf, workloads } from './workloads.ts';

const count = 20_000;
const all = workloads.map((workload) => ({
  ...workload,
  requests: requestsOf(workload, count),
}));

describe.each(all)('$name', ({ name, readPercent, requests }) => {
  test('is the same each time', () => {
    const [workload] = workloads.filter((other) => other.name === name);
    if (workload === undefined) throw new Error('it is missing');
    expect(requestsOf(workload, count)).toEqual(requests);
  });

  test('reads as often as it says', () => {
    const gets = requests.filter(({ type }) => type === 'get').length;
    expect(Math.abs((100 * gets) / count - readPercent)).toBeLessThan(1);
  });

  test('has 500 requests a second, on average', () => {
    const lasts = requests.reduce((sum, { afterMs }) => sum + afterMs, 0);
    expect(Math.abs(lasts / (count / 500) - 1000)).toBeLessThan(20);
  });

  test('knows no other keys', () => {
    const known = new Set(keys);
    expect(requests.filter(({ key }) => !known.has(key))).toEqual([]);
  });
});

test('each key is as likely as any other, unless they are skewed', () => {
  for (const { name, requests } of all) {
    const first = requests.filter(({ key }) => key === 'product:1').length;
    const tenth = requests.filter(({ key }) => key === 'product:10').length;
    const last = requests.filter(({ key }) => key === 'product:1000').length;
    if (name === 'skewed') {
      expect(first / tenth).toBeGreaterThan(8);
      expect(first / tenth).toBeLessThan(12);
      expect(last).toBeLessThan(10);
    } else {
      for (const each of [first, tenth, last]) {
        expect(each, name).toBeGreaterThan(5);
        expect(each, name).toBeLessThan(45);
      }
    }
  }
});

test('bursts come once a second, with nothing in between', () => {
  const [bursty] = all.filter(({ name }) => name === 'bursty');
  const pauses = bursty?.requests.flatMap(({ afterMs }, number) =>
    afterMs > 1 ? number : [],
  );
  expect(pauses?.slice(0, 3)).toEqual([500, 1000, 1500]);
  expect(pauses).toHaveLength(count / 500 - 1);
});
