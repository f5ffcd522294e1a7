import {
  exampleFile,
  examplesFolder,
  requireTypeScript,
} from './example-loader.mjs';
import { findExample, listExamples, nearestFirst } from './example-names.mjs';
import { command, UsageError } from './usage.mjs';

const usage = `Usage: npm run example <name>

Runs an example with ts-node. Node.js 22.18 or newer runs it by itself as well:
node examples/<name>.ts`;

command(async () => {
  const [asked, ...others] = process.argv.slice(2);
  const names = listExamples(examplesFolder);
  if (asked === undefined) throw new UsageError(`${usage}\n\n${list(names)}`);
  if (asked === '--help') return console.log(`${usage}\n\n${list(names)}`);

  if (others.length > 0) {
    throw new UsageError(`One example at a time, please.\n\n${usage}`);
  }
  const name = findExample(asked, names);
  if (name === undefined) {
    throw new UsageError(
      `There is no example "${asked}".\n\n${list(nearestFirst(asked, names))}`,
    );
  }
  // The example looks for itself where a program has its own path.
  process.argv.splice(1, 2, exampleFile(name));
  await requireTypeScript(exampleFile(name));
});

/** @param {readonly string[]} names */
function list(names) {
  return ['The examples are:', ...names].join('\n  ');
}
