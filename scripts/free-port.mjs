import { createServer } from 'node:net';
import { UsageError } from './usage.mjs';

const defaultPort = 3000;
const lastPort = 65_535;

/**
 * The port to serve on: the one that was asked for, or the next one that is
 * free. Tells when it is another.
 *
 * @param {string | undefined} request of the command line, else of PORT
 */
export async function choosePort(request = process.env.PORT) {
  const wanted = readPort(request);
  const port = await freePort(wanted);
  if (port !== wanted)
    console.log(`Port ${wanted} is taken, so this is on port ${port}.`);
  return port;
}

/**
 * The first port from `first` on that nobody listens on.
 *
 * @param {number} first
 */
export async function freePort(first) {
  for (let port = first; port <= lastPort; port++)
    if (await isFree(port)) return port;
  throw new UsageError(`No port from ${first} to ${lastPort} is free.`);
}

/** @param {string | undefined} request */
function readPort(request) {
  if (request === undefined || request === '') return defaultPort;
  const port = Number(request);
  if (Number.isInteger(port) && port > 0 && port <= lastPort) return port;
  throw new UsageError(
    `A port is a number from 1 to ${lastPort}, and not "${request}".`,
  );
}

/**
 * A program may hold the port on one address only, of either family, and then
 * some browsers would reach that program instead of ours.
 *
 * @param {number} port
 */
async function isFree(port) {
  for (const host of ['0.0.0.0', '127.0.0.1', '::', '::1'])
    if (!(await canListen(host, port))) return false;
  return true;
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function canListen(host, port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES')
        resolve(false);
      // The machine has no such address, so nobody listens there.
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
        resolve(true);
      else reject(error);
    });
    probe.listen({ host, port, ipv6Only: true, exclusive: true }, () =>
      probe.close(() => resolve(true)),
    );
  });
}
