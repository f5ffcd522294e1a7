/** Kills for some minutes, and writes down what became of the writes. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { expectCommand } from '../../services/command.ts';
import { isMain } from '../../shared/main.ts';
import { projectFile } from '../../shared/project-file.ts';
import { cases, killAgainAndAgain } from './kills.ts';
import { type RecordedKills, tableOf, thisMachine } from './recorded-kills.ts';

const plan = { kills: 100, seed: 1 };
const file = projectFile('examples/write-behind/crash-recovery/kills.json');

async function record(): Promise<void> {
  const redisServer = expectCommand('redis-server', 'redis-server');
  const version = execFileSync(redisServer, ['--version'], {
    encoding: 'utf8',
  });
  const tallies = await Promise.all(
    Object.entries(cases).map(async ([name, one]) => {
      const ledger = await killAgainAndAgain(one, plan);
      console.log(`${name} is done.`);
      return [name, ledger.tally()] as const;
    }),
  );
  const recorded: RecordedKills = {
    ...thisMachine(),
    redis: version.match(/v=(\S+)/)?.[1] ?? 'unknown version',
    seed: plan.seed,
    tallies: Object.fromEntries(tallies) as RecordedKills['tallies'],
  };
  fs.writeFileSync(file, `${JSON.stringify(recorded, undefined, 2)}\n`);
  console.log(`\n${tableOf(recorded)}\nWritten to ${file}.`);
}

if (isMain('write-behind/crash-recovery/record-kills')) {
  void record();
}
