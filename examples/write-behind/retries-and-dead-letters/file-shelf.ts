import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Letter, Shelf } from './letter.ts';

/**
 * Letters in a JSON file, for one process at a time. Keys and values must be
 * such that JSON brings them back as they were.
 */
export class FileShelf<K extends string | number, V> implements Shelf<K, V> {
  readonly #file: string;
  /** Each as JSON: what cannot be said in it must not fail the others. */
  #letters: Promise<Map<K, string>> | undefined;
  #saving: Promise<void> = Promise.resolve();
  /** Begins when the one before has ended, and takes all changes along. */
  #next: Promise<void> | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  async load(): Promise<readonly Letter<K, V>[]> {
    const letters = await this.#open();
    return Array.from(letters.values(), (text) => JSON.parse(text));
  }

  async put(letter: Letter<K, V>): Promise<void> {
    const text = JSON.stringify(letter);
    const letters = await this.#open();
    letters.set(letter.operation.key, text);
    await this.#save(letters);
  }

  async remove(key: K): Promise<void> {
    const letters = await this.#open();
    const text = letters.get(key);
    if (text === undefined) return;
    letters.delete(key);
    try {
      await this.#save(letters);
    } catch (error) {
      // Or the next change would remove it, unasked.
      if (!letters.has(key)) letters.set(key, text);
      throw error;
    }
  }

  /** What is in the file must be known before it is replaced. */
  #open(): Promise<Map<K, string>> {
    this.#letters ??= this.#read().catch((error: unknown) => {
      this.#letters = undefined;
      throw error;
    });
    return this.#letters;
  }

  async #read(): Promise<Map<K, string>> {
    const text = await readFile(this.#file, 'utf8').catch(ifThereIsNone);
    try {
      const letters: Letter<K, V>[] = JSON.parse(text);
      return new Map(
        letters.map((letter) => [letter.operation.key, JSON.stringify(letter)]),
      );
    } catch (cause) {
      const expected = `${this.#file}: expected letters as JSON`;
      throw new Error(expected, { cause });
    }
  }

  // #region save
  /** Many changes at a time cost one or two files, not one each. */
  #save(letters: ReadonlyMap<K, string>): Promise<void> {
    this.#next ??= this.#saving
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        this.#saving = this.#replace(`[${[...letters.values()].join()}]`);
        return this.#saving;
      });
    return this.#next;
  }

  /** A crash leaves the old file or the new one, and never half of one. */
  async #replace(text: string): Promise<void> {
    const draft = `${this.#file}.new`;
    const file = await open(draft, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, this.#file);
    await syncFolder(dirname(this.#file));
  }
  // #endregion save
}

/** Or a power cut may undo the renaming. Windows has no such thing. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function ifThereIsNone(error: unknown): string {
  const isMissing =
    error instanceof Error && 'code' in error && error.code === 'ENOENT';
  if (isMissing) return '[]';
  throw error;
}
