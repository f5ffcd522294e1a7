import { parseArgs } from 'node:util';

/** A mistake of whoever typed the command: the message is all they need. */
export class UsageError extends Error {}

/** What somebody asked for who asked for help. */
class Help extends Error {}

/**
 * Runs a command, and tells a mistake in its use without a stack, or its use to
 * whoever asks.
 *
 * @param {() => Promise<void>} run
 */
export async function command(run) {
  try {
    await run();
  } catch (error) {
    if (error instanceof Help) return console.log(error.message);
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/**
 * Reads `--name value` options. Each may be given several times.
 *
 * @template {string} Name
 * @param {string} usage such as `npm run serve -- [--port 3000]`
 * @param {readonly Name[]} names
 * @param {string[]} args
 * @returns {Partial<Record<Name, string[]>>}
 */
export function readOptions(usage, names, args = process.argv.slice(2)) {
  if (args.includes('--help')) throw new Help(`Usage: ${usage}`);
  try {
    const { values } = parseArgs({
      args,
      options: Object.fromEntries(
        names.map((name) => [name, { type: 'string', multiple: true }]),
      ),
    });
    return /** @type {Partial<Record<Name, string[]>>} */ (values);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message}\nUsage: ${usage}`);
  }
}
