/** `npm run docs:check`: the pages and the examples, against the rules. */
import { reportOn } from './report.ts';
import { readSources } from './sources.ts';

const args = process.argv.slice(2);

if (args.includes('--help')) {
  console.log(`Usage: npm run docs:check

Lists what is wrong in the English pages and in the examples, with the mend, and
how much of the code that the pages show comes from the examples.`);
} else if (args.length > 0) {
  console.error(`expected no arguments, and got ${args.join(' ')}`);
  process.exitCode = 1;
} else {
  const { ok, text } = reportOn(await readSources(process.cwd()));
  console.log(text);
  if (!ok) process.exitCode = 1;
}
