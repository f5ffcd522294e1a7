import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Operation, Store } from '../../shared/store.ts';

/** A small table in a JSON file, read and replaced as a whole. */
export class JsonFileStore<V> implements Store<string, V> {
  readonly #file: string;
  #turn: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  async read(key: string): Promise<V | undefined> {
    const rows = await this.#load();
    return rows.get(key)?.value;
  }

  /** Batches may come side by side; they take turns at the file. */
  write(batch: readonly Operation<string, V>[]): Promise<void> {
    const written = this.#turn.then(() => this.#apply(batch));
    this.#turn = written.catch(() => undefined);
    return written;
  }

  async #apply(batch: readonly Operation<string, V>[]): Promise<void> {
    const rows = await this.#load();
    for (const operation of batch) {
      const { key, version } = operation;
      // A late retry must not overwrite what came after it.
      if (version < (rows.get(key)?.version ?? 0)) continue;
      const value = operation.type === 'set' ? operation.value : undefined;
      rows.set(key, { version, ...(value === undefined ? {} : { value }) });
    }
    // Renaming is atomic: a crash leaves the old file or the new one.
    await writeFile(`${this.#file}.new`, JSON.stringify([...rows]));
    await rename(`${this.#file}.new`, this.#file);
  }

  async #load(): Promise<Map<string, Row<V>>> {
    try {
      return new Map(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch (error) {
      if (isMissing(error)) return new Map();
      throw error;
    }
  }
}

interface Row<V> {
  readonly version: number;
  /** Absent where the row was deleted. */
  readonly value?: V;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
