import { projectFile } from '../shared/project-file.ts';
import { freePort } from './free-port.ts';
import { Server } from './server.ts';

/**
 * `js-redis-server`, which speaks Redis' protocol and keeps all in its memory:
 * good for a demo, and no evidence of what survives, or of how fast Redis is.
 */
export async function startRedisEmulator(): Promise<Server> {
  const port = await freePort();
  const file = projectFile('node_modules/js-redis-server/dist/index.js');
  const program = `
    require(${JSON.stringify(file)})
      .createRedisServer({ host: '127.0.0.1', port: ${port} })
      .then(() => console.log('ready'));`;
  return Server.start({
    // In a process of its own: it would not close while somebody is connected.
    run: (guard) => guard.run(process.execPath, ['--eval', program]),
    ready: 'ready',
    url: () => `redis://127.0.0.1:${port}`,
  });
}
