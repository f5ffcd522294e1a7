import { exampleFile, requireTypeScript } from './example-loader.mjs';
import { unknownName } from './names.mjs';
import { command, readOptions, UsageError } from './usage.mjs';

const synopsis = `npm run simulate -- [--runs 10000] [--seed 1]
                           [--cache <name>] [--promise P3]`;

const usage = `Usage: ${synopsis}

Plays random histories of a cache, one a seed, and checks each promise after
every step. The default is 1,000 histories of each strategy, and of write-behind
without a journal and with one. --seed alone replays that one history and prints it;
with --runs it is the seed of the first. With --promise, nothing but what breaks
this promise counts as a failure.`;

command(async () => {
  if (process.argv.includes('--help')) return console.log(usage);
  const options = readOptions(synopsis, ['runs', 'seed', 'cache', 'promise']);
  const seed = wholeNumber('seed', options.seed) ?? 1;
  const runs = wholeNumber('runs', options.runs);

  const { candidates, taught } = await load('candidates');
  const { firstFailure, replayCommand, soughtIn, timeline } = await load('run');
  const { simulate } = await load('simulate');
  const { promises: titles } = await load('../conformance/candidate');

  const chosen = options.cache?.map((name) => find(name, candidates)) ?? taught;
  const promises = options.promise?.map((id) => findPromise(id, titles));
  if (options.seed !== undefined && runs === undefined) {
    for (const [index, candidate] of chosen.entries()) {
      const history = await simulate(candidate, seed);
      const played = { candidate, history, promises };
      if (index > 0) console.log();
      console.log(timeline(played));
      if (soughtIn(played).length > 0) process.exitCode = 1;
    }
    return;
  }

  const begin = performance.now();
  const progress = { printedAt: begin };
  const failure = await firstFailure({
    candidates: chosen,
    runs: runs ?? 1000,
    firstSeed: seed,
    promises,
    onProgress(/** @type {number} */ done, /** @type {number} */ total) {
      const now = performance.now();
      if (now - progress.printedAt < 1000) return;
      progress.printedAt = now;
      const rate = Math.round(done / ((now - begin) / 1000));
      console.error(
        `${count(done)} of ${count(total)} histories, ${count(rate)} a second`,
      );
    },
  });
  if (failure !== undefined) {
    console.log(timeline(failure));
    console.log(`\nTo see it again: ${replayCommand(failure)}`);
    process.exitCode = 1;
    return;
  }
  const total = (runs ?? 1000) * chosen.length;
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(
    `${count(total)} histories in ${seconds} s, and ${kept(promises)}.`,
  );
});

/** @param {string} module */
function load(module) {
  return requireTypeScript(exampleFile(`simulation/${module}`));
}

/**
 * @param {string} name
 * @param {readonly { readonly name: string }[]} candidates
 */
function find(name, candidates) {
  const found = candidates.find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  const names = candidates.map((candidate) => candidate.name);
  throw unknownName('cache', name, names);
}

/**
 * @param {string} id such as `P3`
 * @param {Readonly<Record<string, string>>} titles
 */
function findPromise(id, titles) {
  if (Object.hasOwn(titles, id)) return id;
  const list = Object.entries(titles).map(([id, title]) => `${id} ${title}`);
  throw new UsageError(
    [`There is no promise "${id}".\n\nThe promises are:`, ...list].join('\n  '),
  );
}

/** @param {readonly string[] | undefined} promises */
function kept(promises) {
  if (promises === undefined) return 'no promise was broken';
  return `none broke ${promises.join(' or ')}`;
}

/**
 * @param {string} name
 * @param {readonly string[] | undefined} given
 */
function wholeNumber(name, given) {
  const text = given?.at(-1);
  if (text === undefined) return undefined;
  const value = Number(text);
  const isWhole = /^\d+$/.test(text) && Number.isSafeInteger(value);
  if (isWhole && value > 0) return value;
  throw new UsageError(
    `--${name}: expected a whole number above 0, got "${text}"\n\n${usage}`,
  );
}

/** @param {number} number */
function count(number) {
  return number.toLocaleString('en');
}
