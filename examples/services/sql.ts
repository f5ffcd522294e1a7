import fs from 'node:fs';
import pg from 'pg';
import type { Server } from './server.ts';

/** A part of an SQL file, as the pages show it. */
export function sqlRegion(file: string, name: string): string {
  const text = fs.readFileSync(file, 'utf8');
  const marker = (word: string) => `-- #${word} ${name}\n`;
  const [, begun] = text.split(marker('region'));
  const [region] = begun?.split(marker('endregion')) ?? [];
  if (region === undefined) throw new Error(`${file} has no region ${name}`);
  return region;
}

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
