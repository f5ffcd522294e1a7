import { startNats } from '../../services/nats.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { playKill } from './killed/story.ts';

export async function demo(print: Print): Promise<void> {
  await using server = await startNats();
  const readings = 300;
  const tally = await playKill('nats', server.url, readings);
  print(`${readings} readings are on the log.`);
  print('A consumer is killed between its commit and its acknowledgement:');
  print(`  stored ${tally.stored}, acknowledged ${tally.acknowledged}`);
  print('The next consumer:');
  const twice = tally.again - tally.changed;
  print(`  came again ${tally.again}, stored before ${twice}`);
  print(`In the end: rows ${tally.rows}, wrong ${tally.wrong}`);
}

if (isMain('write-behind/event-queue/killed')) void demo(console.log);
