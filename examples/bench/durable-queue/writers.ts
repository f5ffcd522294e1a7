import path from 'node:path';
import { SqliteJournal } from '../../write-behind/durable-queue/sqlite-journal.ts';
import { noteSqlite } from '../harness/note-sqlite.ts';
import type { Work } from '../harness/rounds.ts';

export interface Writers {
  readonly directory: string;
  readonly writers: number;
  readonly groupCommit: boolean;
  /** By all of them together. */
  readonly operations: number;
}

interface WritersAtWork extends Work {
  /** How many writes a commit has carried on average, run by run. */
  writesPerCommit(): readonly number[];
  close(): Promise<void>;
}

/** Each writer appends, waits until it is acknowledged, and appends again. */
export async function writersAtWork({
  directory,
  writers,
  groupCommit,
  operations,
}: Writers): Promise<WritersAtWork> {
  const file = path.join(directory, `${writers}-${groupCommit}.journal`);
  noteSqlite();
  const journal = await SqliteJournal.open<object>({ file, groupCommit });
  const writesPerCommit: number[] = [];
  let commits = new Commits();
  let version = 0;
  const session = { user: 4711, page: '/checkout', items: [17, 23, 42] };
  const each = Math.ceil(operations / writers);
  const write = async (writer: number) => {
    for (let count = 0; count < each; count += 1) {
      version += 1;
      const key = `session:${writer}`;
      await journal.append({ type: 'set', key, value: session, version });
      commits.tell();
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
      return async () => {
        commits = new Commits();
        await Promise.all(written.map((_, writer) => write(writer)));
        writesPerCommit.push(commits.writesEach());
      };
    },
    writesPerCommit: () => writesPerCommit,
    close: () => journal.close(),
  };
}

/** A commit acknowledges all its writes in one turn of the event loop. */
class Commits {
  #writes = 0;
  #commits = 0;
  #isCounted = false;

  /** Of each write, when it is acknowledged. */
  tell(): void {
    this.#writes += 1;
    if (this.#isCounted) return;
    this.#isCounted = true;
    this.#commits += 1;
    setImmediate(() => {
      this.#isCounted = false;
    });
  }

  writesEach(): number {
    return this.#writes / this.#commits;
  }
}
