import pg from 'pg';
import type { Server } from './server.ts';

/** A pool whose connections are closed with the block that it is used in. */
export class Pool extends pg.Pool {
  constructor({ url }: Server, max = 10) {
    super({ connectionString: url, max });
    // The server may be killed, and whoever asks next is told.
    this.on('error', () => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }
}
