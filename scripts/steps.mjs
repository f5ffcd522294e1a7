/**
 * What a check came to.
 *
 * @typedef {object} Totals
 * @property {number} passed
 * @property {readonly string[]} failed their names
 * @property {readonly string[]} skipped their names
 */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {() => Promise<Totals>} run
 */

/**
 * Runs all steps, whatever becomes of each, and ends with a line of totals.
 * A failure fails the process, and on CI so does what was skipped.
 *
 * @param {readonly Step[]} steps
 */
export async function runSteps(steps) {
  const lines = [];
  const all = [];
  for (const { name, run } of steps) {
    console.log(heading(name));
    const begin = performance.now();
    const totals = await run();
    const time = `${((performance.now() - begin) / 1000).toFixed(1)} s`;
    const outcome = totals.failed.length > 0 ? 'FAILED' : 'passed';
    lines.push(`${name.padEnd(16)}${outcome}${time.padStart(9)}`);
    const failed = totals.failed.map((test) => `${name}: ${test}`);
    all.push({ ...totals, failed });
  }
  const sum = total(all);
  const named = [
    ...sum.failed.map((name) => `failed: ${name}`),
    ...sum.skipped.map((name) => `skipped: ${name}`),
  ];
  console.log(heading('summary'));
  console.log([...lines, '', ...named, inWords(sum)].join('\n'));
  const skippedOnCi = process.env.CI === 'true' && sum.skipped.length > 0;
  if (sum.failed.length > 0 || skippedOnCi) process.exitCode = 1;
}

/**
 * A check that either passes or fails, by the exit codes of its programs.
 *
 * @param {readonly Promise<number>[]} codes
 * @returns {Promise<Totals>}
 */
export async function verdict(...codes) {
  const failed = (await Promise.all(codes)).some((code) => code !== 0);
  return {
    passed: failed ? 0 : 1,
    failed: failed ? ['an error, shown above'] : [],
    skipped: [],
  };
}

/** @param {string} text */
function heading(text) {
  return `\n── ${text} ${'─'.repeat(Math.max(0, 74 - text.length))}\n`;
}

/**
 * @param {readonly Totals[]} all
 * @returns {Totals}
 */
function total(all) {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.flatMap(({ failed }) => failed),
    skipped: all.flatMap(({ skipped }) => skipped),
  };
}

/** @param {Totals} totals */
function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
}
