import fs from 'node:fs';
import path from 'node:path';
import { mutantsOf, placesOf } from './mutation/mutants.mjs';
import {
  describeSurvivor,
  mutantsThat,
  needlessReasons,
  reportOf,
  retriedReport,
  summaryOf,
} from './mutation/report.mjs';
import { subjectOf } from './mutation/subject.mjs';
import { tokenHash } from './mutation/tokens.mjs';
import { Trial } from './mutation/trial.mjs';
import { root } from './tool.mjs';
import { command, UsageError } from './usage.mjs';

/**
 * @typedef {import('./mutation/mutants.mjs').Mutant} Mutant
 * @typedef {import('./mutation/report.mjs').Reasons} Reasons
 * @typedef {import('./mutation/report.mjs').Report} Report
 * @typedef {import('./mutation/subject.mjs').Subject} Subject
 * @typedef {import('./mutation/trial.mjs').Verdict} Verdict
 */

const defaultModule = 'examples/strategies/write-behind/write-behind-cache.ts';
const minutesAtMost = 60;

const usage = `Usage: npm run mutate -- [file] [--survivors | region or function ...]

Makes one mistake after the other in a module, and looks whether its tests find
it. Fails where they do not, unless somebody has written down why they need not.
Takes a quarter of an hour or more, and ${minutesAtMost} at most.

file         default: ${defaultModule}
region or    tries only what is in them, and writes nothing; otherwise, what came
function     of it is written beside the module
--survivors  tries only what survived last time, or is said to, after tests were
             added, and brings what is written up to date`;

command(async () => {
  if (process.argv.includes('--help')) return console.log(usage);
  const { module, places, isRetry } = readArguments();
  const subject = subjectOf(root, module);
  const text = read(module);
  const reasons = reasonsIn(subject);
  const earlier = isRetry ? earlierReport(subject, text) : undefined;
  const mutants = mutantsIn(places, mutantsOf(text)).filter(
    ({ id }) => !earlier || id in earlier.survivors || id in reasons,
  );
  const verdicts = await judge(subject, text, mutants);
  const report = earlier
    ? retriedReport(earlier, verdicts, reasons)
    : reportOf(module, tokenHash(text), verdicts, reasons);
  const isWhole = places.length === 0;
  const needless = isWhole ? needlessReasons(verdicts, reasons) : [];
  if (isWhole) {
    write(subject.report, JSON.stringify(report, undefined, 2));
    write(subject.summary, summaryOf(report));
  }

  const survivors = mutantsThat('survived', verdicts);
  for (const mutant of survivors) {
    console.log(describeSurvivor(module, mutant, reasons[mutant.id]));
  }
  for (const id of needless) {
    console.log(`It is explained, and does not survive:\n${id}\n`);
  }
  const unexplained = survivors.filter(({ id }) => reasons[id] === undefined);
  console.log(summaryOf(report));
  if (unexplained.length + needless.length > 0) process.exitCode = 1;
});

function readArguments() {
  const args = process.argv.slice(2);
  const isRetry = args.includes('--survivors');
  const names = args.filter((arg) => arg !== '--survivors');
  const modules = names.filter((name) => name.endsWith('.ts'));
  const places = names.filter((name) => !modules.includes(name));
  const [module = defaultModule, ...others] = modules;
  const isWrong =
    others.length > 0 ||
    names.some((name) => name.startsWith('-')) ||
    (isRetry && places.length > 0);
  if (isWrong) throw new UsageError(usage);
  if (!fs.existsSync(path.join(root, module))) {
    throw new UsageError(`There is no file ${module}.`);
  }
  return { module, places, isRetry };
}

/**
 * @param {Subject} subject
 * @param {string} text the module itself
 * @returns {Report}
 */
function earlierReport({ module, report }, text) {
  const file = path.join(root, report);
  const earlier = fs.existsSync(file) ? JSON.parse(read(report)) : undefined;
  if (earlier?.tokens === tokenHash(text)) return earlier;
  throw new UsageError(
    `${module} has changed since it was mutated: try all of it.`,
  );
}

/** @param {string} file */
function read(file) {
  return fs.readFileSync(path.join(root, file), 'utf8');
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  fs.writeFileSync(path.join(root, file), `${text}\n`);
}

/**
 * @param {Subject} subject
 * @returns {Reasons}
 */
function reasonsIn({ reasons }) {
  return fs.existsSync(path.join(root, reasons))
    ? JSON.parse(read(reasons))
    : {};
}

/**
 * @param {readonly string[]} places names of regions and functions
 * @param {readonly Mutant[]} mutants
 */
function mutantsIn(places, mutants) {
  if (places.length === 0) return mutants;
  const known = new Set(mutants.flatMap(placesOf));
  for (const place of places) {
    if (known.has(place)) continue;
    const list = ['There is:', ...known].join('\n  ');
    throw new UsageError(`There is nothing to mutate in "${place}". ${list}`);
  }
  return mutants.filter((mutant) =>
    placesOf(mutant).some((place) => places.includes(place)),
  );
}

/**
 * @param {Subject} subject
 * @param {string} text the module itself
 * @param {readonly Mutant[]} mutants
 */
async function judge(subject, text, mutants) {
  /** @type {Map<Mutant, Verdict>} */
  const verdicts = new Map();
  const trial = new Trial(root, subject);
  const end = performance.now() + minutesAtMost * 60_000;
  try {
    await trial.begin(text);
    for (const mutant of mutants) {
      if (performance.now() > end) {
        throw new UsageError(
          `${verdicts.size} of ${mutants.length} mutants are judged after ${minutesAtMost} minutes. Name a region.`,
        );
      }
      verdicts.set(mutant, await trial.judge(mutant.text));
      showProgress(verdicts, mutants.length);
    }
    // Tests that have changed meanwhile could have killed the rest.
    await trial.begin(text);
  } finally {
    await trial.end();
  }
  return verdicts;
}

/**
 * In a terminal it stays in its line; a log has a line for each hundred.
 *
 * @param {ReadonlyMap<Mutant, Verdict>} verdicts
 * @param {number} all
 */
function showProgress(verdicts, all) {
  const { size } = verdicts;
  const survivors = mutantsThat('survived', verdicts).length;
  const line = `${size} of ${all} mutants tried, ${survivors} survived`;
  if (process.stdout.isTTY) {
    process.stdout.write(`\r${line}${size === all ? '\n' : ''}`);
  } else if (size % 100 === 0) {
    console.log(line);
  }
}
