/** Between a client and Redis: looks at what is sent before it gets there. */
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

export class RedisProxy {
  /** Says whether the connection is to break before the answer comes. */
  look: (sent: string) => Promise<boolean> = async () => false;
  readonly #redis: URL;
  readonly #server = net.createServer((client) => this.#carry(client));

  static async open(redis: string): Promise<RedisProxy> {
    const proxy = new RedisProxy(redis);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  private constructor(redis: string) {
    this.#redis = new URL(redis);
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `redis://127.0.0.1:${port}`;
  }

  /** Once, behind what contains that. */
  breakBehind(text: string): void {
    this.look = async (sent) => {
      if (!sent.includes(text)) return false;
      this.look = async () => false;
      return true;
    };
  }

  /** Resolves when its clients have gone. */
  async close(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #carry(client: Socket): void {
    const { hostname, port } = this.#redis;
    const redis = net.connect(Number(port), hostname);
    redis.pipe(client);
    let last = Promise.resolve();
    client.on('data', (bytes) => {
      last = last.then(async () => {
        if (await this.look(String(bytes))) {
          redis.unpipe(client);
          redis.once('data', () => client.destroy()).resume();
        }
        redis.write(bytes);
      });
    });
    for (const socket of [client, redis]) socket.on('error', () => {});
    client.on('close', () => redis.end());
    redis.on('close', () => client.end());
  }
}
