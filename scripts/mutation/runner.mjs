// Runs tests against the texts of a module that it is sent, one after the other,
// and answers with the names of those that failed. See `Trial`.
import fs from 'node:fs';
import path from 'node:path';
import { createVitest } from 'vitest/node';

const [module = '', ...tests] = process.argv.slice(2);
const root = process.cwd();
const file = fs.realpathSync(path.join(root, module));

/** @type {string | undefined} */
let text;

const vitest = await createVitest(
  'test',
  {
    config: false,
    root,
    include: tests,
    setupFiles: [path.join(import.meta.dirname, 'same-histories.mjs')],
    watch: false,
    // A thread ends with its process, even if it loops.
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
    // One failure is enough.
    bail: 1,
    reporters: [{}],
    cache: false,
  },
  {
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        load: (id) => (id.split('?')[0] === file ? text : undefined),
      },
    ],
  },
);
const specifications = await vitest.globTestSpecifications();

process.on(
  'message',
  /** @param {{ tests: readonly string[], text: string, testMs: number }} message */
  async (message) => {
    text = message.text;
    vitest.config.testTimeout = message.testMs;
    vitest.invalidateFile(file);
    process.send?.(await failuresOf(message.tests));
  },
);
process.on('disconnect', () => process.exit());
process.send?.('ready');

/** @param {readonly string[]} names */
async function failuresOf(names) {
  const files = names.map((name) => path.join(root, name));
  const wanted = specifications.filter(({ moduleId }) =>
    files.includes(path.normalize(moduleId)),
  );
  if (wanted.length < files.length) return ['a file of tests is not found'];
  const { testModules, unhandledErrors } =
    await vitest.runTestSpecifications(wanted);
  const failed = testModules
    // The others are left from earlier rounds.
    .filter(({ moduleId }) => files.includes(path.normalize(moduleId)))
    .filter((module) => !module.ok())
    .flatMap(({ children, relativeModuleId }) => {
      const tests = [...children.allTests('failed')];
      const failures = tests.map(({ fullName }) => fullName);
      return failures.length > 0 ? failures : [relativeModuleId];
    });
  const isUnhandled = unhandledErrors.length > 0;
  return isUnhandled ? [...failed, 'an error that nobody handles'] : failed;
}
