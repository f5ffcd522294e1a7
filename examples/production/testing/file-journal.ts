import { appendFile, readFile } from 'node:fs/promises';
import type { Journal } from '../../shared/journal.ts';
import type { Operation } from '../../shared/store.ts';

/**
 * A journal for one test. What it has appended is with the operating system:
 * safe from the end of the process, and from no power cut.
 */
export class FileJournal<V> implements Journal<string, V> {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  // #region append
  async append(operation: Operation<string, V>): Promise<void> {
    await appendFile(this.#file, `${JSON.stringify(operation)}\n`);
  }
  // #endregion append

  /** It forgets nothing: what is stored twice does no harm. */
  async settle(): Promise<void> {}

  async replay(): Promise<readonly Operation<string, V>[]> {
    const text = await readFile(this.#file, 'utf8').catch(ifThereIsNone);
    // What has no end was cut short, and so was never acknowledged.
    const lines = text.split('\n').slice(0, -1);
    return lines.map((line): Operation<string, V> => JSON.parse(line));
  }

  async lastVersion(): Promise<number> {
    const versions = (await this.replay()).map(({ version }) => version);
    return Math.max(0, ...versions);
  }
}

function ifThereIsNone(error: unknown): string {
  const isMissing =
    error instanceof Error && 'code' in error && error.code === 'ENOENT';
  if (isMissing) return '';
  throw error;
}
