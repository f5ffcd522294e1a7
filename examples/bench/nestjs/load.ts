/** Clients who ask over and over, each over a connection of its own. */
import http from 'node:http';
import { text } from 'node:stream/consumers';

export interface Call {
  readonly method: 'GET' | 'PUT';
  /** Of the so-manieth request. */
  readonly path: (number: number) => string;
  readonly body?: (number: number) => object;
}

export interface Load {
  readonly ratePerSecond: number;
  /** Milliseconds of each request. */
  readonly latencies: readonly number[];
}

/** All of them begin at once, and each waits for its answer. */
export async function load(
  url: string,
  call: Call,
  {
    clients,
    requests,
  }: { readonly clients: number; readonly requests: number },
): Promise<Load> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients });
  const latencies: number[] = [];
  let next = 0;
  const ask = async () => {
    for (let number = next; number < requests; number = next) {
      next += 1;
      const begin = performance.now();
      await send(agent, url, call, number);
      latencies.push(performance.now() - begin);
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: clients }, ask));
  const seconds = (performance.now() - begin) / 1000;
  agent.destroy();
  return { ratePerSecond: requests / seconds, latencies };
}

async function send(
  agent: http.Agent,
  url: string,
  { method, path, body }: Call,
  number: number,
): Promise<void> {
  const response = await new Promise<http.IncomingMessage>(
    (resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const options = { agent, method, headers };
      const request = http.request(`${url}${path(number)}`, options, resolve);
      request.once('error', reject);
      request.end(body && JSON.stringify(body(number)));
    },
  );
  const answer = await text(response);
  const { statusCode = 0 } = response;
  if (statusCode < 200 || statusCode > 299) {
    throw new Error(`${method} ${path(number)}: ${statusCode} ${answer}`);
  }
}
