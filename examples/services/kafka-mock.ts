import { expectCommand } from './command.ts';
import { Server } from './server.ts';

const address = /bootstrap\.servers=(\S+)/;

/**
 * The mock broker of librdkafka: it speaks Kafka's protocol and keeps messages
 * and offsets in memory. It is no evidence of what survives a crash.
 */
export async function startKafkaMock(): Promise<Server> {
  const command = expectCommand('kcat', 'kcat');
  const args = ['-X', 'test.mock.num.brokers=1', '-b', 'ignored'];
  return Server.start({
    // It lives as long as nobody closes what it reads.
    run: (guard) =>
      guard.run(command, [...args, '-P', '-t', 'warm', '-d', 'mock']),
    ready: 'Created topic "warm"',
    url: (output) => output.match(address)?.[1] ?? '',
  });
}
