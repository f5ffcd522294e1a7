import { describe, expect, test } from 'vitest';
import {
  countTests,
  testsOfPlaywright,
  testsOfVitest,
} from './test-counts.mjs';

describe('the tests of a report', () => {
  test('are found in each file of vitest', () => {
    const tests = testsOfVitest({
      testResults: [
        { assertionResults: [{ fullName: 'cache reads', status: 'passed' }] },
        { assertionResults: [{ fullName: 'cache writes', status: 'todo' }] },
      ],
    });
    expect(tests).toEqual([
      { name: 'cache reads', status: 'passed' },
      { name: 'cache writes', status: 'todo' },
    ]);
  });

  test('are found in the nested suites of Playwright', () => {
    const spec = { title: 'copies', tests: [{ status: 'expected' }] };
    const tests = testsOfPlaywright({
      suites: [{ specs: [], suites: [{ specs: [spec] }] }],
    });
    expect(tests).toEqual([{ name: 'copies', status: 'expected' }]);
  });
});

describe('a count', () => {
  test('names what failed and what was skipped, for whatever reason', () => {
    const tests = [
      { name: 'a', status: 'passed' },
      { name: 'b', status: 'expected' },
      { name: 'c', status: 'skipped' },
      { name: 'd', status: 'todo' },
      { name: 'e', status: 'failed' },
      { name: 'f', status: 'unexpected' },
    ];
    expect(countTests(tests, 1)).toEqual({
      passed: 2,
      failed: ['e', 'f'],
      skipped: ['c', 'd'],
    });
  });

  test('says in one line why a test failed', () => {
    const message = '\u001b[31mError:\u001b[39m expected\n\n  - []\n  + [1]';
    const ofVitest = testsOfVitest({
      testResults: [
        {
          assertionResults: [
            { fullName: 'a', status: 'failed', failureMessages: [message] },
          ],
        },
      ],
    });
    const results = [{ error: { message } }];
    const tests = [{ status: 'unexpected', results }];
    const ofPlaywright = testsOfPlaywright({
      suites: [{ specs: [{ title: 'b', tests }] }],
    });
    expect(countTests([...ofVitest, ...ofPlaywright], 1).failed).toEqual([
      'a: Error: expected - [] + [1]',
      'b: Error: expected - [] + [1]',
    ]);
  });

  test('takes a test that passed at a second try for a failure', () => {
    const tests = [{ name: 'a', status: 'flaky' }];
    expect(countTests(tests, 0)).toMatchObject({ passed: 0, failed: ['a'] });
  });

  test('has a failure when the runner failed before its tests', () => {
    expect(countTests([], 1)).toMatchObject({
      passed: 0,
      failed: ['the runner itself'],
    });
  });
});
