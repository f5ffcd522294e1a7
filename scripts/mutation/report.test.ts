import { describe, expect, test } from 'vitest';
import { type Mutant, mutantsOf } from './mutants.mjs';
import {
  describeSurvivor,
  needlessReasons,
  reportOf,
  retriedReport,
  summaryOf,
} from './report.mjs';
import type { Verdict } from './trial.mjs';

const mutants = mutantsOf('function f() {\n  pay();\n  ship();\n  log();\n}');
const [pay, ship, log] = mutants.map(({ id }) => id);

function judged(...verdicts: Verdict[]): Map<Mutant, Verdict> {
  return new Map(
    mutants.map((mutant, index) => [mutant, verdicts[index] ?? 'killed']),
  );
}

describe('the report', () => {
  test('counts what became of the mutants', () => {
    expect(
      reportOf('f.ts', 'abc', judged('killed', 'hung', 'survived'), {}),
    ).toMatchObject({ mutants: 3, killed: 1, hung: 1, survived: 1 });
  });

  test('has a score that is never rounded up', () => {
    const verdicts = judged('killed', 'killed', 'survived');
    expect(reportOf('f.ts', 'abc', verdicts, {}).score).toBe(66.6);
    expect(reportOf('f.ts', 'abc', judged(), {}).score).toBe(100);
  });

  test('says of each survivor why it may, or that nobody knows', () => {
    const verdicts = judged('killed', 'survived', 'survived');
    const reasons = { [String(log)]: 'nobody reads it' };
    expect(reportOf('f.ts', 'abc', verdicts, reasons).survivors).toEqual({
      [String(ship)]: 'UNEXPLAINED',
      [String(log)]: 'nobody reads it',
    });
  });
});

test('a later run of the survivors brings the report up to date', () => {
  const earlier = reportOf(
    'f.ts',
    'abc',
    judged('killed', 'survived', 'survived'),
    {},
  );
  const verdicts = new Map([...judged('killed', 'hung', 'survived')].slice(1));
  const reasons = { [String(log)]: 'nobody reads it' };
  expect(retriedReport(earlier, verdicts, reasons)).toEqual({
    ...earlier,
    killed: 1,
    hung: 1,
    survived: 1,
    score: 66.6,
    survivors: reasons,
  });
});

test('a later run may find that one survives which was killed', () => {
  const earlier = reportOf(
    'f.ts',
    'abc',
    judged('killed', 'killed', 'survived'),
    {},
  );
  const again = new Map([...judged('killed', 'survived', 'survived')].slice(1));
  expect(retriedReport(earlier, again, {})).toMatchObject({
    mutants: 3,
    killed: 1,
    hung: 0,
    survived: 2,
  });
});

test('the summary tells how many survivors nobody has explained', () => {
  const verdicts = judged('hung', 'survived', 'survived');
  const reasons = { [String(log)]: 'nobody reads it' };
  expect(summaryOf(reportOf('f.ts', 'abc', verdicts, reasons))).toBe(
    '3 mutants: 0 killed, 1 hung, 2 survived,\n1 of them unexplained. Score: 33.3 %',
  );
});

test('a reason is needless if its mutant is killed, or gone', () => {
  const reasons = { [String(pay)]: '', [String(log)]: '', 'f: gone': '' };
  const verdicts = judged('killed', 'killed', 'survived');
  expect(needlessReasons(verdicts, reasons)).toEqual([pay, 'f: gone']);
});

test('a survivor is shown as the change that nobody noticed', () => {
  const [mutant] = mutantsOf('function f() {\n  return 1 + sum;\n}').slice(1);
  if (mutant === undefined) throw new Error('there is no mutant');
  expect(describeSurvivor('f.ts', mutant, undefined)).toBe(
    `f.ts:2
-   return 1 + sum;
+   return 1 - sum;
f: return 1 + sum; → return 1 - sum;
UNEXPLAINED
`,
  );
});
