import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { choosePort, freePort } from './free-port.mjs';

const log = vi.spyOn(console, 'log').mockImplementation(() => {});
const servers = new Set<ReturnType<typeof createServer>>();

/** Some program that listens, on a port that the machine chose. */
async function occupy(host: string): Promise<number> {
  const server = createServer();
  servers.add(server);
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error(`not listening on a port: ${address}`);
  return address.port;
}

afterAll(() => log.mockRestore());

afterEach(async () => {
  for (const server of servers) {
    server.close();
    await once(server, 'close');
  }
  servers.clear();
  log.mockClear();
});

describe('a free port', () => {
  test.each(['127.0.0.1', '0.0.0.0'])(
    'is not one that a program holds on %s',
    async (host) => {
      const taken = await occupy(host);
      expect(await freePort(taken)).toBeGreaterThan(taken);
    },
  );
});

describe('the port to serve on', () => {
  test('is the one that was asked for', async () => {
    const port = await freePort(40_000);
    expect(await choosePort(String(port))).toBe(port);
    expect(log).not.toHaveBeenCalled();
  });

  test('is the next one when that is taken, and this is told', async () => {
    const taken = await occupy('127.0.0.1');
    const port = await choosePort(String(taken));
    expect(log).toHaveBeenCalledWith(
      `Port ${taken} is taken, so this is on port ${port}.`,
    );
  });

  test.each(['abc', '0', '70000', '80.5'])('cannot be %s', async (port) => {
    await expect(choosePort(port)).rejects.toThrow(
      `A port is a number from 1 to 65535, and not "${port}".`,
    );
  });
});
