import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Guard } from '../../services/guard.ts';
import { put } from './journal-contract.ts';
import { JournalDamagedError } from './journal-damage.ts';
import { parts } from './sqlite-file.ts';
import { SqliteJournal } from './sqlite-journal.ts';
import { openRepaired } from './sqlite-repair.ts';

const count = 100;
const all = Array.from({ length: count }, (_, index) =>
  put(`user ${index + 1}`, index + 1, 'x'.repeat(200)),
);

let folder: Guard;
let directory = '';
/** A journal that was closed: all of it is in one file. */
let closed = '';
/** A journal that was killed: most of it is in the log. */
let killed = '';
let copies = 0;

beforeAll(async () => {
  folder = await Guard.open();
  directory = folder.directory;
  closed = path.join(directory, 'closed');
  killed = path.join(directory, 'killed');
  const journal = await SqliteJournal.open<unknown>({ file: closed });
  for (let from = 0; from < count; from += 10) {
    const group = all.slice(from, from + 10);
    await Promise.all(group.map((operation) => journal.append(operation)));
  }
  copyJournal(closed, killed);
  await journal.close();
});

afterAll(() => folder.close());

describe('a damaged journal', () => {
  test('of which one entry is changed, has all the others', async () => {
    const file = copyOf(closed);
    const bytes = fs.readFileSync(file);
    bytes[bytes.indexOf('"user 42"') + 1] = 'U'.charCodeAt(0);
    fs.writeFileSync(file, bytes);
    const { damage, intact } = await damageOf(file);
    expect(damage).toMatchObject([{ where: 'entry 42' }]);
    expect(damage[0]?.reason).toMatch(/^checksum: expected/);
    expect(damage[0]?.found).toContain('"User 42"');
    expect(intact).toEqual(all.filter(({ version }) => version !== 42));
  });

  test('of which one number is changed, does not pass over the others', async () => {
    const file = copyOf(closed);
    const bytes = fs.readFileSync(file);
    const text = bytes.indexOf('{"type":"set","key":"user 42"') - 9;
    // Before the text are the head of its row, of four bytes, and its number.
    expect(bytes[text - 5]).toBe(42);
    bytes[text - 5] = 120;
    fs.writeFileSync(file, bytes);
    const { damage } = await damageOf(file);
    expect(damage).toMatchObject([{ where: 'the file' }]);
    expect(damage[0]?.reason).toContain('out of order');
  });

  test.each([
    ['whose page is overwritten', (file: string) => fill(file, 4 * 4096)],
    ['that is cut off', (file: string) => fs.truncateSync(file, 4 * 4096)],
  ])('%s, has what precedes', async (_, break_) => {
    const file = copyOf(closed);
    break_(file);
    const { damage, intact, message } = await damageOf(file);
    expect(intact.length).toBeGreaterThan(0);
    expect(intact).toEqual(all.slice(0, intact.length));
    expect(damage).toEqual([
      {
        where: `behind entry ${intact.length}`,
        reason: 'database disk image is malformed',
      },
    ]);
    expect(message).toContain(file);
  });

  test.each([
    ['is cut in its last commit', -10],
    ['is cut in the middle', 0.5],
    ['is empty', 0],
  ])('whose log %s, has the commits before', async (_, where) => {
    const file = copyOf(killed);
    const log = `${file}-wal`;
    const { size } = fs.statSync(log);
    const length = where < 0 ? size + where : Math.floor(size * where);
    fs.truncateSync(log, length);
    const { damage, intact } = await damageOf(file);
    expect(intact).toEqual(all.slice(0, intact.length));
    expect(intact.length).toBeLessThan(count);
    const missing = count - intact.length;
    expect(damage).toEqual([
      {
        where: `behind operation ${intact.length}`,
        reason: `the last ${missing} that were acknowledged are missing`,
      },
    ]);
  });

  test('whose log was left behind by a copy, is told from a new one', async () => {
    const file = copyOf(killed);
    fs.rmSync(`${file}-wal`);
    const { intact, lastVersion } = await damageOf(file);
    expect(intact).toEqual([]);
    expect(lastVersion).toBe(count);
  });

  test('that is none at all, is an error, and stays as it is', async () => {
    const file = copyOf(closed);
    fs.writeFileSync(file, 'a shopping list');
    const { damage } = await damageOf(file);
    expect(damage[0]?.reason).toBe('file is not a database');
    expect(fs.readFileSync(file, 'utf8')).toBe('a shopping list');
  });

  test('loses nothing in silence, whichever byte is changed', async () => {
    const parts = ['', '-wal'];
    const byte = fc.record({
      part: fc.constantFrom(...parts),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      flip: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(byte, async ({ part, at, flip }) => {
        const file = copyOf(part === '' ? closed : killed);
        const bytes = fs.readFileSync(file + part);
        const offset = Math.floor(at * bytes.length);
        bytes[offset] = (bytes[offset] ?? 0) ^ flip;
        fs.writeFileSync(file + part, bytes);
        try {
          const journal = await SqliteJournal.open<unknown>({ file });
          expect(await journal.replay()).toEqual(all);
          await journal.close();
        } catch (error) {
          // Any error is a report; what is wrong is to know less and be quiet.
          if (!(error instanceof Error)) throw error;
          if (error.name === 'AssertionError') throw error;
          if (!(error instanceof JournalDamagedError)) return;
          const known = new Set(all.map((one) => JSON.stringify(one)));
          const intact = error.intact.map((one) => JSON.stringify(one));
          expect(intact.filter((one) => !known.has(one))).toEqual([]);
        } finally {
          deleteJournal(file);
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});

describe('a repaired journal', () => {
  test('goes on with what is intact, beside a copy of what was there', async () => {
    const file = copyOf(closed);
    fs.truncateSync(file, 4 * 4096);
    const broken = fs.readFileSync(file);
    const reports: JournalDamagedError<unknown>[] = [];
    const journal = await openRepaired<unknown>({ file }, (error) => {
      reports.push(error);
    });
    const { intact } = reports[0] ?? { intact: [] };
    expect(intact.length).toBeGreaterThan(0);
    expect(await journal.replay()).toEqual(intact);
    expect(await journal.lastVersion()).toBe(count);
    expect(fs.readFileSync(`${file}.damaged-${count}`)).toEqual(broken);
    await journal.append(put('user 1', count + 1));
    await journal.close();
    const next = await openRepaired<unknown>({ file }, (error) => {
      reports.push(error);
    });
    expect(await next.replay()).toEqual([...intact, put('user 1', count + 1)]);
    expect(reports).toHaveLength(1);
    await next.close();
  });

  test('that is damaged once more, leaves a second copy', async () => {
    const file = copyOf(closed);
    const ignore = () => {};
    for (const life of [1, 2]) {
      fs.truncateSync(file, 4 * 4096);
      const journal = await openRepaired<unknown>({ file }, ignore);
      // Until as many were appended as before.
      const { length } = await journal.replay();
      for (let number = length + 1; number <= count; number += 1) {
        const version = life * count + number;
        await journal.append(put(`user ${number}`, version, 'y'.repeat(200)));
      }
      await journal.close();
    }
    const name = `${path.basename(file)}.damaged-`;
    const copies = fs
      .readdirSync(directory)
      .filter((entry) => entry.startsWith(name) && /damaged-\d+$/.test(entry));
    expect(copies).toHaveLength(2);
  });

  test('is not begun as long as the report is not through', async () => {
    const file = copyOf(closed);
    fs.truncateSync(file, 4 * 4096);
    const broken = fs.readFileSync(file);
    const failing = openRepaired({ file }, () => {
      throw new Error('nobody answers the pager');
    });
    await expect(failing).rejects.toThrow('nobody answers the pager');
    expect(fs.readFileSync(file)).toEqual(broken);
    await damageOf(file);
  });

  test('takes its place, if a crash came between', async () => {
    const file = copyOf(killed);
    fs.truncateSync(`${file}-wal`, 100);
    fs.renameSync(copyOf(closed), `${file}.repaired`);
    const journal = await openRepaired<unknown>({ file }, (error) => {
      throw error;
    });
    expect(await journal.replay()).toEqual(all);
    await journal.close();
  });

  test('is not asked for where nothing is damaged', async () => {
    const file = copyOf(killed);
    const journal = await openRepaired<unknown>({ file }, (error) => {
      throw error;
    });
    expect(await journal.replay()).toEqual(all);
    await journal.close();
  });
});

async function damageOf(file: string): Promise<JournalDamagedError<unknown>> {
  const error = await SqliteJournal.open<unknown>({ file }).catch(
    (thrown: unknown) => thrown,
  );
  if (error instanceof JournalDamagedError) return error;
  throw new Error(`expected damage, got ${error}`);
}

function copyOf(file: string): string {
  copies += 1;
  const copy = path.join(directory, `copy-${copies}`);
  copyJournal(file, copy);
  return copy;
}

function copyJournal(from: string, to: string): void {
  for (const part of parts) {
    if (fs.existsSync(from + part)) fs.copyFileSync(from + part, to + part);
  }
}

function deleteJournal(file: string): void {
  const name = path.basename(file);
  for (const entry of fs.readdirSync(directory)) {
    const isPart = entry.startsWith(`${name}-`) || entry.startsWith(`${name}.`);
    if (entry === name || isPart) fs.rmSync(path.join(directory, entry));
  }
}

function fill(file: string, offset: number): void {
  const bytes = fs.readFileSync(file);
  fs.writeFileSync(file, bytes.fill(7, offset, offset + 4096));
}
