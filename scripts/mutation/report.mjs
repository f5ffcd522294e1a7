/**
 * @typedef {import('./mutants.mjs').Mutant} Mutant
 * @typedef {import('./trial.mjs').Verdict} Verdict
 * @typedef {Readonly<Record<string, string>>} Reasons why each may survive
 *
 * @typedef {object} Report
 * @property {string} module
 * @property {string} tokens the hash of what was mutated
 * @property {number} mutants
 * @property {number} killed
 * @property {number} hung stopped, because the tests did not come to an end
 * @property {number} survived
 * @property {number} score in percent: all but those that survived
 * @property {Reasons} survivors
 */

const unexplained = 'UNEXPLAINED';

/**
 * @param {string} module
 * @param {string} tokens
 * @param {ReadonlyMap<Mutant, Verdict>} verdicts
 * @param {Reasons} reasons
 * @returns {Report}
 */
export function reportOf(module, tokens, verdicts, reasons) {
  const survivors = mutantsThat('survived', verdicts);
  return {
    module,
    tokens,
    mutants: verdicts.size,
    killed: mutantsThat('killed', verdicts).length,
    hung: mutantsThat('hung', verdicts).length,
    survived: survivors.length,
    score: scoreOf(verdicts.size, survivors.length),
    survivors: Object.fromEntries(
      survivors.map(({ id }) => [id, reasons[id] ?? unexplained]),
    ),
  };
}

/**
 * What is left of the survivors of an earlier report, once more tests are there.
 * Others were killed then, by tests that a busy machine has stopped, say.
 *
 * @param {Report} earlier
 * @param {ReadonlyMap<Mutant, Verdict>} verdicts of its survivors, and of others
 * @param {Reasons} reasons
 * @returns {Report}
 */
export function retriedReport(earlier, verdicts, reasons) {
  const { module, tokens, mutants } = earlier;
  const again = reportOf(module, tokens, verdicts, reasons);
  const killedBefore = verdicts.size - earlier.survived;
  return {
    ...again,
    mutants,
    killed: earlier.killed - killedBefore + again.killed,
    hung: earlier.hung + again.hung,
    score: scoreOf(mutants, again.survived),
  };
}

/**
 * In two lines, what came of it.
 *
 * @param {Report} report
 */
export function summaryOf({
  mutants,
  killed,
  hung,
  survived,
  score,
  survivors,
}) {
  const reasons = Object.values(survivors);
  const open = reasons.filter((reason) => reason === unexplained).length;
  return [
    `${mutants} mutants: ${killed} killed, ${hung} hung, ${survived} survived,`,
    `${open} of them unexplained. Score: ${score} %`,
  ].join('\n');
}

/**
 * The reasons that are given for mutants which do not survive, or are none.
 *
 * @param {ReadonlyMap<Mutant, Verdict>} verdicts
 * @param {Reasons} reasons
 */
export function needlessReasons(verdicts, reasons) {
  const survivors = mutantsThat('survived', verdicts).map(({ id }) => id);
  return Object.keys(reasons).filter((id) => !survivors.includes(id));
}

/**
 * @param {Verdict} verdict
 * @param {ReadonlyMap<Mutant, Verdict>} verdicts
 */
export function mutantsThat(verdict, verdicts) {
  return [...verdicts].filter((one) => one[1] === verdict).map(([one]) => one);
}

/**
 * Rounded down, so that only all are 100 percent.
 *
 * @param {number} all
 * @param {number} survived
 */
function scoreOf(all, survived) {
  return all === 0 ? 100 : Math.floor((1000 * (all - survived)) / all) / 10;
}

/**
 * Where a mutant is, what it changes, and why it may survive.
 *
 * @param {string} module
 * @param {Mutant} mutant
 * @param {string | undefined} reason
 */
export function describeSurvivor(module, mutant, reason) {
  return [
    `${module}:${mutant.line}`,
    ...mutant.before.map((line) => `- ${line}`),
    ...mutant.after.map((line) => `+ ${line}`),
    mutant.id,
    reason === undefined ? unexplained : `explained: ${reason}`,
    '',
  ].join('\n');
}
