import { expect, test } from 'vitest';
import { readPromql } from './promql.ts';

const metricsIn = (expression: string) =>
  readPromql(expression).selectors.map(({ metric }) => metric);

test.each([
  ['queue_size', ['queue_size']],
  ['queue_size > 1000', ['queue_size']],
  ['job:queue_size:max > 1e3', ['job:queue_size:max']],
  ['rate(errors_total[5m]) > 0', ['errors_total']],
  ['time() - done_seconds > 3600', ['done_seconds']],
  ['sum(rate(a[5m])) by (b) / sum by (b) (rate(c[5m]))', ['a', 'c']],
  ['a * on (b, c) group_left (d) e', ['a', 'e']],
  ['a and on () b unless ignoring (c) d or e', ['a', 'b', 'd', 'e']],
  ['a{b="c", d=~"e{f}|g"}', ['a']],
  [`a{b='it is "c" # and d'} # and e`, ['a']],
  ['max_over_time(a[1h:5m] offset 1d) == bool 1', ['a']],
  ['a @ start() > Inf', ['a']],
  ['rate(a{b="$c"}[$__rate_interval])', ['a']],
  ['topk(3, a)', ['a']],
  ['by', []],
])('in %s it finds the metrics %j', (expression, metrics) => {
  expect(metricsIn(expression)).toEqual(metrics);
});

test('it tells labels of matchers from those of groups', () => {
  expect(
    readPromql('sum by (le, zone) (rate(a_bucket{cache=~"x", ok!="y"}[5m]))'),
  ).toEqual({
    selectors: [{ metric: 'a_bucket', isRange: true, labels: ['cache', 'ok'] }],
    grouping: ['le', 'zone'],
  });
});

test.each([
  ['{__name__="a"}', 'expected a metric before {'],
  ['a{b="c"', 'expected } at the end of'],
  ['a{b="c}', 'expected PromQL, got "c}'],
  ['a ; b', 'expected PromQL, got ; b'],
])('it refuses %s', (expression, message) => {
  expect(() => readPromql(expression)).toThrow(message);
});
