import { expectCommand } from './command.ts';
import { freePort } from './free-port.ts';
import { Server } from './server.ts';

/** With JetStream, on its disk. */
export async function startNats(): Promise<Server> {
  const command = expectCommand('nats-server', 'nats-server');
  const port = await freePort();
  const listen = ['--addr', '127.0.0.1', '--port', String(port)];
  return Server.start({
    run(guard) {
      const storage = ['--jetstream', '--store_dir', guard.directory];
      return guard.run(command, [...listen, ...storage]);
    },
    ready: 'Server is ready',
    version: /(?<name>nats-server)[\s\S]*Version: +(?<version>[\d.]+)/,
    url: () => `nats://127.0.0.1:${port}`,
  });
}
