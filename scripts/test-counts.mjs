import { stripVTControlCharacters } from 'node:util';

/**
 * Counts the tests of the reports that vitest and Playwright write for programs.
 *
 * @typedef {import('./steps.mjs').Totals} Totals
 *
 * @typedef {object} Test
 * @property {string} name
 * @property {string} status
 * @property {string | undefined} [reason] why it failed
 */

/**
 * What counts of vitest's `json` report.
 *
 * @typedef {object} VitestReport
 * @property {readonly VitestFile[]} testResults
 *
 * @typedef {object} VitestFile
 * @property {readonly VitestTest[]} assertionResults
 *
 * @typedef {object} VitestTest
 * @property {string} fullName
 * @property {string} status
 * @property {readonly string[]} [failureMessages]
 */

/**
 * What counts of Playwright's `json` report.
 *
 * @typedef {object} PlaywrightReport
 * @property {readonly PlaywrightSuite[]} suites
 *
 * @typedef {object} PlaywrightSuite
 * @property {readonly PlaywrightSuite[]} [suites]
 * @property {readonly PlaywrightSpec[]} specs
 *
 * @typedef {object} PlaywrightSpec
 * @property {string} title
 * @property {readonly PlaywrightTest[]} tests
 *
 * @typedef {object} PlaywrightTest
 * @property {string} status
 * @property {readonly { error?: { message?: string } }[]} [results]
 */

/** Every other status, such as `todo` and `pending`, says that nothing ran. */
const passing = ['passed', 'expected'];
const failing = ['failed', 'unexpected', 'flaky'];

/** @param {VitestReport} report */
export function testsOfVitest({ testResults }) {
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status, failureMessages = [] }) => ({
      name: fullName,
      status,
      reason: failureMessages[0],
    })),
  );
}

/** @param {PlaywrightReport} report */
export function testsOfPlaywright({ suites }) {
  return suites.flatMap(specsOf).flatMap(({ title, tests }) =>
    tests.map(({ status, results = [] }) => ({
      name: title,
      status,
      reason: results.find(({ error }) => error)?.error?.message,
    })),
  );
}

/**
 * A runner can fail though none of its tests did, by a file that does not load
 * for example: that counts as one failure.
 *
 * @param {readonly Test[]} tests
 * @param {number} exitCode the runner's
 * @returns {Totals}
 */
export function countTests(tests, exitCode) {
  const passed = tests.filter(({ status }) => passing.includes(status));
  const failed = tests.filter(({ status }) => failing.includes(status));
  const skipped = tests.filter(
    ({ status }) => ![...passing, ...failing].includes(status),
  );
  return {
    passed: passed.length,
    failed:
      exitCode !== 0 && failed.length === 0
        ? ['the runner itself']
        : failed.map(inOneLine),
    skipped: skipped.map(({ name }) => name),
  };
}

/** @param {Test} test */
function inOneLine({ name, reason }) {
  if (reason === undefined) return name;
  const words = stripVTControlCharacters(reason).replaceAll(/\s+/g, ' ');
  return `${name}: ${words.slice(0, 500)}`;
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {PlaywrightSpec[]}
 */
function specsOf({ suites = [], specs }) {
  return [...specs, ...suites.flatMap(specsOf)];
}
