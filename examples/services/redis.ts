import { expectCommand } from './command.ts';
import { freePort } from './free-port.ts';
import { Server } from './server.ts';

export interface RedisOptions {
  /** When what it was told is on its disk. Default: 'always'. */
  readonly appendfsync?: 'always' | 'everysec' | 'no';
}

export async function startRedis(options: RedisOptions = {}): Promise<Server> {
  const command = expectCommand('redis-server', 'redis-server');
  const { appendfsync = 'always' } = options;
  const port = await freePort();
  return Server.start({
    run(guard) {
      const settings = {
        bind: '127.0.0.1',
        port,
        dir: guard.directory,
        appendonly: 'yes',
        appendfsync,
        save: '',
      };
      const args = Object.entries(settings).flatMap(([name, value]) => [
        `--${name}`,
        String(value),
      ]);
      return guard.run(command, args);
    },
    ready: 'Ready to accept connections',
    version: /(?<name>Redis) version=(?<version>[\d.]+)/,
    url: () => `redis://127.0.0.1:${port}`,
  });
}
