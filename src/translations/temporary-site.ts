import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder with the given files, gone when the test is over. */
export function temporarySite(files: Readonly<Record<string, string>>): string {
  const site = fs.mkdtempSync(path.join(os.tmpdir(), 'dirty-bit-'));
  onTestFinished(() => fs.rmSync(site, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(site, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  return site;
}
