import path from 'node:path';
import { SqliteJournal } from '../../write-behind/durable-queue/sqlite-journal.ts';
import type { Work } from '../harness/rounds.ts';

export interface Writers {
  readonly directory: string;
  readonly writers: number;
  readonly groupCommit: boolean;
  /** By all of them together. */
  readonly operations: number;
}

/** Each writer appends, waits until it is acknowledged, and appends again. */
export async function writersAtWork({
  directory,
  writers,
  groupCommit,
  operations,
}: Writers): Promise<Work & { close(): Promise<void> }> {
  const file = path.join(directory, `${writers}-${groupCommit}.journal`);
  const journal = await SqliteJournal.open<object>({ file, groupCommit });
  let version = 0;
  const session = { user: 4711, page: '/checkout', items: [17, 23, 42] };
  const each = Math.ceil(operations / writers);
  const write = async (writer: number) => {
    for (let count = 0; count < each; count += 1) {
      version += 1;
      const key = `session:${writer}`;
      await journal.append({ type: 'set', key, value: session, version });
    }
  };
  return {
    operations: each * writers,
    async prepare() {
      const written = Array.from({ length: writers }, (_, writer) => ({
        key: `session:${writer}`,
        version,
      }));
      await journal.settle(written);
      return () => Promise.all(written.map((_, writer) => write(writer)));
    },
    close: () => journal.close(),
  };
}
