import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, test } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { startKafkaMock } from '../../services/kafka-mock.ts';
import { startNats } from '../../services/nats.ts';
import type { Server } from '../../services/server.ts';
import { InMemoryLog } from './in-memory-log.ts';
import { playKill } from './killed/story.ts';
import { demo } from './killed.ts';
import {
  type ConcurrentTest,
  type OpenedLog,
  testLog,
} from './log-contract.ts';
import { openLog } from './open-log.ts';
import { testPipeline } from './pipeline-contract.ts';

/** Servers of your own. What is published stays there, under names of ours. */
const { CI, NATS_URL, KAFKA_BROKER } = process.env;
const run = randomUUID();
const hasNats = NATS_URL !== undefined || isInstalled('nats-server');
const hasKafka = KAFKA_BROKER !== undefined || isInstalled('kcat');
/** The broker gives the dead their time, and then the group. */
const isPatient = CI !== undefined || KAFKA_BROKER !== undefined;
const servers: Server[] = [];
let natsUrl = NATS_URL ?? '';
let kafkaUrl = KAFKA_BROKER ?? '';

beforeAll(async () => {
  if (hasNats && natsUrl === '') natsUrl = await start(startNats);
  if (hasKafka && kafkaUrl === '') kafkaUrl = await start(startKafkaMock);
});

afterAll(async () => {
  for (const server of servers) await server.stop();
});

const onNats = testOf('nats-server', hasNats);
const onKafka = testOf('kcat', hasKafka);
const onKafkaAtLength = testOf('kcat', hasKafka && isPatient);

onKafkaAtLength(
  'what a killed consumer had comes again',
  async ({ expect }) => {
    const readings = 60;
    const tally = await playKill('kafka', kafkaUrl, readings, run);
    const { stored, acknowledged, again, changed } = tally;
    expect(stored).toBeLessThan(readings);
    expect(acknowledged).toBeLessThan(stored);
    expect(again).toBe(readings - acknowledged);
    expect(again - changed).toBe(stored - acknowledged);
    expect(tally).toMatchObject({ rows: readings, wrong: 0 });
  },
);

onNats('a consumer is killed, and the demo prints it', async ({ expect }) => {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  await expect(output).toMatchFileSnapshot('killed.out.txt');
});

each(onKafka, (name) => openLog('kafka', kafkaUrl, `${name}-${run}`));
each(onNats, (name) => openLog('nats', natsUrl, `${name}-${run}`));
each(testOf('in memory', true), async () => {
  return { log: new InMemoryLog(), close: async () => {} };
});

function each(run: ConcurrentTest, open: (name: string) => Promise<OpenedLog>) {
  testLog(run, open);
  testPipeline(run, open);
}

/** Groups of consumers take their time to form: they wait side by side. */
function testOf(kind: string, isThere: boolean): ConcurrentTest {
  return (name, play) =>
    test.skipIf(!isThere).concurrent(`${kind}: ${name}`, play);
}

function isInstalled(command: string): boolean {
  return findCommand(command) !== undefined;
}

async function start(startServer: () => Promise<Server>): Promise<string> {
  const server = await startServer();
  servers.push(server);
  return server.url;
}
