import fs from 'node:fs';
import type { Damage } from './journal-damage.ts';

export interface Counts {
  /** How many operations there ever were. */
  readonly appended: number;
  /** The highest version of them. */
  readonly lastVersion: number;
}

interface Journaled {
  readonly damage: readonly Damage[];
  readonly counts: Counts;
}

/**
 * What was acknowledged, in a file of its own. SQLite passes over the rest of a
 * log that is broken or cut off, as if it had never been written: only a count
 * that is kept elsewhere tells.
 */
export class Acknowledged {
  /** What it said when it was opened. */
  readonly counts: Counts;
  readonly #damage: readonly Damage[];
  readonly #descriptor: number;

  constructor(file: string) {
    const { O_RDWR, O_CREAT } = fs.constants;
    this.#descriptor = fs.openSync(file, O_RDWR | O_CREAT);
    const found = fs.readFileSync(this.#descriptor, 'utf8');
    // A power cut may leave a new file empty, or full of zeros.
    const isBlank = /^\0*$/.test(found);
    const counts = isBlank ? nothing : countsIn(found);
    const reason = 'expected how many operations were acknowledged';
    const damage = { where: file, reason, found };
    this.counts = counts ?? nothing;
    this.#damage = counts === undefined ? [damage] : [];
  }

  /** What is wrong with a journal of which that is left. */
  compare({ damage, counts }: Journaled): readonly Damage[] {
    // Damage that was found says more.
    if (damage.length > 0) return this.#damage;
    const { appended, lastVersion } = this.counts;
    if (counts.appended >= appended && counts.lastVersion < lastVersion) {
      const reason = `expected ${lastVersion}, got ${counts.lastVersion}`;
      return [...this.#damage, { where: 'the last version', reason }];
    }
    const missing = appended - counts.appended;
    if (missing <= 0) return this.#damage;
    const where = `behind operation ${counts.appended}`;
    const reason = `the last ${missing} that were acknowledged are missing`;
    return [...this.#damage, { where, reason }];
  }

  // #region write
  /**
   * After the commit, so that it never says more than the journal holds. It is
   * not flushed: a power cut may leave it behind, which accuses nobody.
   */
  write(counts: Counts): void {
    fs.writeSync(this.#descriptor, countsText(counts), 0);
  }
  // #endregion write

  close(): void {
    fs.closeSync(this.#descriptor);
  }
}

export const nothing: Counts = { appended: 0, lastVersion: 0 };

/** Always of the same length: it is written over the one before. */
function countsText({ appended, lastVersion }: Counts): string {
  return `${JSON.stringify({ appended, lastVersion }).padEnd(71)}\n`;
}

function countsIn(text: string): Counts | undefined {
  try {
    const { appended, lastVersion }: Counts = JSON.parse(text);
    const isCount = Number.isSafeInteger(appended) && lastVersion >= 0;
    return isCount ? { appended, lastVersion } : undefined;
  } catch {
    return undefined;
  }
}
