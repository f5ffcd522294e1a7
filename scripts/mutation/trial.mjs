import { fork } from 'node:child_process';
import path from 'node:path';

/**
 * How long tests may take before they are taken for endless.
 *
 * @typedef {object} Limits
 * @property {number} testMs one of them, which may wait for nothing
 * @property {number} roundMs all of them, of which one may loop
 */

/** For the module itself, of which nobody knows yet how long it takes. */
const patience = { testMs: 60_000, roundMs: 600_000 };

/**
 * Time is virtual, so tests take long only because the machine is busy.
 *
 * @param {number} passedMs what all of them take with the module itself
 * @returns {Limits}
 */
function generousLimits(passedMs) {
  return {
    testMs: Math.max(1000, 3 * passedMs),
    roundMs: Math.max(5000, 10 * passedMs),
  };
}

/**
 * How the tests took a mutant: they failed, went on and on until they were
 * stopped, or found nothing.
 *
 * @typedef {'killed' | 'hung' | 'survived'} Verdict
 */

/**
 * Runs the tests of a module against other versions of it, in a process of its
 * own: a mutant may loop for ever, and take all the memory that it gets.
 */
export class Trial {
  #root;
  #module;
  #rounds;
  #limitsOf;
  /** @type {{ tests: readonly string[], passedMs: number }[]} */
  #passed = [];
  /** @type {Promise<import('node:child_process').ChildProcess> | undefined} */
  #runner;

  /**
   * @param {string} root
   * @param {import('./subject.mjs').Subject} subject
   * @param {(passedMs: number) => Limits} [limitsOf]
   */
  constructor(root, { module, rounds }, limitsOf = generousLimits) {
    this.#root = root;
    this.#module = module;
    this.#rounds = rounds;
    this.#limitsOf = limitsOf;
  }

  /**
   * Runs all tests against the module itself: they must find nothing.
   *
   * @param {string} text
   */
  async begin(text) {
    this.#passed = [];
    for (const tests of this.#rounds) {
      await this.#start();
      const begin = performance.now();
      const failures = await this.#run(tests, text);
      if (failures === undefined) throw new Error('the tests have crashed');
      if (failures.length > 0) {
        throw new Error(`the tests fail by themselves: ${failures.join(', ')}`);
      }
      this.#passed.push({ tests, passedMs: performance.now() - begin });
    }
  }

  /**
   * @param {string} text
   * @returns {Promise<Verdict>}
   */
  async judge(text) {
    for (const { tests, passedMs } of this.#passed) {
      const limits = this.#limitsOf(passedMs);
      const failures = await this.#run(tests, text, limits);
      if (failures === undefined) return 'hung';
      if (failures.length > 0) return 'killed';
    }
    return 'survived';
  }

  async end() {
    const runner = await this.#runner;
    this.#runner = undefined;
    runner?.kill();
  }

  /**
   * Resolves with the names of the tests that failed, and with `undefined` if
   * they did not come to an end.
   *
   * @param {readonly string[]} tests
   * @param {string} text
   * @param {Limits} [limits]
   * @returns {Promise<readonly string[] | undefined>}
   */
  async #run(tests, text, limits = patience) {
    const runner = await this.#start();
    return new Promise((resolve) => {
      const stop = () => runner.kill('SIGKILL');
      const timer = setTimeout(stop, limits.roundMs);
      /** @param {readonly string[] | undefined} failures */
      const finish = (failures) => {
        clearTimeout(timer);
        runner.off('message', finish);
        runner.off('exit', crash);
        resolve(failures);
      };
      const crash = () => {
        this.#runner = undefined;
        finish(undefined);
      };
      runner.on('message', finish);
      runner.on('exit', crash);
      runner.send({ tests, text, testMs: limits.testMs });
    });
  }

  /** Resolves with a process that waits for something to run. */
  #start() {
    this.#runner ??= new Promise((resolve, reject) => {
      const program = path.join(import.meta.dirname, 'runner.mjs');
      const runner = fork(program, [this.#module, ...this.#rounds.flat()], {
        cwd: this.#root,
        execArgv: ['--max-old-space-size=1024'],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      let complaints = '';
      runner.stderr?.on('data', (text) => {
        complaints += text;
      });
      runner.once('error', reject);
      runner.once('exit', () => {
        reject(new Error(`the tests cannot start: ${complaints}`));
      });
      runner.once('message', () => {
        // What mutants complain of later is no news.
        runner.stderr?.removeAllListeners('data').resume();
        resolve(runner);
      });
    });
    return this.#runner;
  }
}
