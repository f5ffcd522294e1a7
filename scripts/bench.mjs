import { fork } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  benchmarkFile,
  harness,
  listBenchmarks,
  resultsFile,
  service,
} from './bench-names.mjs';
import { report } from './bench-report.mjs';
import { requireTypeScript } from './example-loader.mjs';
import { list, unknownName } from './names.mjs';
import { root } from './tool.mjs';
import { command, UsageError } from './usage.mjs';

const usage = `Usage: npm run bench -- [name] [--quick]

Measures what the pages say of the cost of things, and writes it to
examples/bench/results/<name>.json. Without a name it runs all benchmarks. It
fails where a figure misses its aim. Interrupt it as you like: what was recorded
stays as it was until there is something better.

--quick  small and only once, to see that it runs. Writes nothing.`;

/**
 * What a process tells of what it measures.
 *
 * @typedef {import('../examples/bench/harness/benchmark.ts').Samples} Samples
 * @typedef {Readonly<Record<string, string>>} Servers
 * @typedef {{ code: string } | { samples: Samples } | { servers: Servers }} Message
 */

/** Each compiles the code anew, and with another luck; a simulation has none. */
const runsOf = { measured: 3, simulated: 1 };

command(async () => {
  const { name, quick, help } = readArguments();
  const names = listBenchmarks();
  if (help) return console.log(`${usage}\n\n${list('benchmark', names)}`);
  if (name !== undefined && !names.includes(name)) {
    throw unknownName('benchmark', name, names);
  }
  const wanted = name === undefined ? names : [name];
  for (const [index, one] of wanted.entries()) {
    if (wanted.length > 1) {
      console.log(`${one} (${index + 1} of ${wanted.length})`);
    }
    const missing = await missingFor(one);
    if (missing.length > 0) {
      const reason = `there is no ${missing.join(', no ')} on the PATH`;
      // Whoever names it wants it; of all, one has those that are possible.
      if (one === name) throw new UsageError(`${one} cannot run: ${reason}.`);
      console.log(`${one} is skipped: ${reason}.`);
    } else {
      await (quick ? tryOut(one) : run(one));
    }
  }
});

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { quick: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    const [name, ...others] = positionals;
    if (others.length === 0) return { name, ...values };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message}\n\n${usage}`);
  }
  throw new UsageError(usage);
}

/**
 * The commands that a benchmark needs and this machine lacks.
 *
 * @param {string} name
 * @returns {Promise<string[]>}
 */
async function missingFor(name) {
  const { needs = [] } = await load(name);
  if (needs.length === 0) return [];
  const { findCommand } = await requireTypeScript(service('command'));
  return needs.filter((command) => findCommand(command) === undefined);
}

/**
 * @param {string} name
 * @returns {Promise<import('../examples/bench/harness/benchmark.ts').Benchmark>}
 */
async function load(name) {
  return (await requireTypeScript(benchmarkFile(name))).benchmark;
}

/** @param {string} name */
async function run(name) {
  const benchmark = await load(name);
  const runs = runsOf[benchmark.isSimulated ? 'simulated' : 'measured'];
  /** @type {Samples[]} */
  const all = [];
  const codes = new Set();
  /** @type {Servers} */
  let allServers = {};
  for (let run = 1; run <= runs; run += 1) {
    /** @type {Samples} */
    let whole = {};
    for (const [number, { figures }] of benchmark.parts.entries()) {
      const label = `${name}, run ${run} of ${runs}, part ${number + 1} of ${benchmark.parts.length}`;
      const measured = measure(label, name, 'fullScale', number);
      console.log(`${label}: ${summary(Object.keys(figures))}`);
      const { code, samples, servers } = await measured;
      whole = { ...whole, ...samples };
      allServers = { ...allServers, ...servers };
      codes.add(code);
      // Figures of two versions, put together, would be those of neither.
      if (codes.size > 1) {
        throw new UsageError(
          'The examples changed while they were measured; nothing is written.',
        );
      }
    }
    all.push(whole);
  }
  const { gatherResults } = await requireTypeScript(harness('results'));
  const { meetsAim } = await requireTypeScript(harness('figure'));
  /** @type {import('./bench-report.mjs').Results} */
  const results = gatherResults(benchmark, all, allServers);
  const file = resultsFile(name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(results, undefined, 2)}\n`);
  fs.renameSync(`${file}.new`, file);
  console.log(`\n${report(name, results, meetsAim)}`);
  console.log(`\nWritten to ${path.relative(root, file)}.`);
  const isMissed = Object.values(results.figures).some(
    (figure) => meetsAim(figure) === false,
  );
  if (isMissed) process.exitCode = 1;
}

/** @param {string} name */
async function tryOut(name) {
  await measure(name, name, 'trialScale');
  console.log(`${name} runs.`);
}

/**
 * The samples of a part, or of all of them, a hash of the code that they are of,
 * and the versions of the servers that it has started, from a process that has
 * nothing else in its memory.
 *
 * @param {string} label
 * @param {string} name
 * @param {'fullScale' | 'trialScale'} scale
 * @param {number} [part]
 * @returns {Promise<{ code: string, samples: Samples, servers: Servers }>}
 */
function measure(label, name, scale, part) {
  const program = path.join(import.meta.dirname, 'bench-process.mjs');
  const parts = part === undefined ? [] : [String(part)];
  const child = fork(program, [name, scale, ...parts], {
    execArgv: ['--expose-gc'],
  });
  let code = '';
  /** @type {Samples} */
  let samples = {};
  /** @type {Servers} */
  let servers = {};
  child.on('message', (received) => {
    const message = /** @type {Message} */ (received);
    if ('code' in message) {
      code = message.code;
    } else if ('servers' in message) {
      servers = message.servers;
    } else {
      samples = { ...samples, ...message.samples };
    }
  });
  // It ends first, with what it has started; then this process says so.
  const interrupt = () => child.kill('SIGINT');
  process.once('SIGINT', interrupt);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => {
      process.off('SIGINT', interrupt);
      if (status === 0) return resolve({ code, samples, servers });
      const how = signal ? `was ended by ${signal}` : `failed (${status})`;
      reject(new UsageError(`${label} ${how}; nothing is written.`));
    });
  });
}

/** @param {readonly string[]} figures */
function summary(figures) {
  const [first, ...others] = figures;
  return others.length < 4
    ? figures.join(', ')
    : `${first} and ${others.length} others`;
}
