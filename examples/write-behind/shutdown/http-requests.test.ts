import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { HttpRequests } from './http-requests.ts';

const servers: http.Server[] = [];
const agent = new http.Agent({ keepAlive: true });

afterEach(() => {
  agent.destroy();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

test('a request that is under way is answered, and ends its connection', async () => {
  const { requests, nextResponse, get } = await newServer();
  const answer = get();
  const response = await nextResponse();
  expect(requests.underWay).toBe(1);
  const closed = requests.close();
  await expect(get({ agent: new http.Agent() })).rejects.toThrow(
    'ECONNREFUSED',
  );
  response.end('done');
  const { headers, body } = await answer;
  expect(body).toBe('done');
  expect(headers.connection).toBe('close');
  await closed;
  expect(requests.underWay).toBe(0);
});

test('a connection that is kept for later requests is closed', async () => {
  const { requests, nextResponse, get } = await newServer();
  const answer = get();
  (await nextResponse()).end();
  expect((await answer).headers.connection).toBe('keep-alive');
  await requests.close();
});

test('a response that has begun ends its connection as well', async () => {
  const { requests, nextResponse, get } = await newServer();
  const answer = get();
  const response = await nextResponse();
  response.write('do');
  response.flushHeaders();
  const closed = requests.close();
  response.end('ne');
  expect((await answer).body).toBe('done');
  await closed;
});

test('a request that arrives during the close is the last of its connection', async () => {
  const { server, requests, nextResponse, port } = await newServer();
  const connected = once(server, 'connection');
  const socket = net.connect(port, '127.0.0.1');
  await connected;
  const closed = requests.close();
  socket.write('GET / HTTP/1.1\r\nHost: shop\r\n\r\n');
  (await nextResponse()).end('done');
  const answer = await text(socket);
  expect(answer).toContain('200 OK');
  expect(answer.toLowerCase()).toContain('connection: close');
  await closed;
});

test('what is cut ends without an answer', async () => {
  const { requests, nextResponse, get } = await newServer();
  const answer = get();
  answer.catch(() => {});
  const response = await nextResponse();
  const gone = once(response, 'close');
  const closed = requests.close();
  requests.cut();
  await expect(answer).rejects.toThrow('socket hang up');
  await Promise.all([closed, gone]);
  expect(requests.underWay).toBe(0);
});

test('a client that goes away is not waited for', async () => {
  const { requests, nextResponse, port } = await newServer();
  const request = http.get({ port, host: '127.0.0.1' });
  request.on('error', () => {});
  const response = await nextResponse();
  const gone = once(response, 'close');
  request.destroy();
  await gone;
  expect(requests.underWay).toBe(0);
  await requests.close();
});

test('a server that does not listen is closed', async () => {
  const requests = new HttpRequests(http.createServer());
  await requests.close();
  await requests.close();
});

async function newServer() {
  const server = http.createServer();
  servers.push(server);
  const requests = new HttpRequests(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const nextResponse = async (): Promise<http.ServerResponse> => {
    const [, response] = await once(server, 'request');
    return response;
  };
  const get = async (options: http.RequestOptions = { agent }) => {
    const request = http.get({ ...options, port, host: '127.0.0.1' });
    const [answer] = await once(request, 'response');
    const { headers }: http.IncomingMessage = answer;
    return { headers, body: await text(answer) };
  };
  return { server, requests, port, nextResponse, get };
}
