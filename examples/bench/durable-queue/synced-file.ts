import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Work } from '../harness/rounds.ts';

/** What the disk takes at least, whoever asks it. */
export async function syncedFile(
  directory: string,
  operations: number,
): Promise<Work & { close(): Promise<void> }> {
  const file = await open(path.join(directory, 'synced'), 'w');
  const page = Buffer.alloc(4096, 'x');
  return {
    operations,
    prepare: () => async () => {
      for (let count = 0; count < operations; count += 1) {
        await file.write(page, 0, page.length, 0);
        await file.sync();
      }
    },
    close: () => file.close(),
  };
}
