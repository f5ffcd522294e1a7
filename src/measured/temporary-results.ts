import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Results } from '../../examples/bench/harness/results.ts';
import { resultsFile } from './results.ts';

export const results: Results = {
  date: '2026-03-01',
  machine: { processor: 'A processor', cores: 2, memoryGB: 24 },
  node: '20.20.2',
  os: 'Linux x64',
  runs: 3,
  conditions: 'The store does nothing.',
  figures: {
    'ack-1': {
      is: 'acknowledging a set',
      unit: 'ratio',
      compares: 'nanoseconds',
      aim: { atMost: 3 },
      value: 1.847,
      spread: { from: 1.712, to: 2.04 },
      rounds: 1234,
      subject: 120.4,
      baseline: 65.2,
    },
    'bytes-1000': {
      is: 'bytes of a pending write',
      unit: 'bytes',
      value: 1212.7,
      spread: { from: 1212.1, to: 1213 },
      rounds: 45,
    },
  },
};

/** A site of its own, with the results of the benchmark `cache`. */
export function makeSite(): string {
  const siteDir = fs.mkdtempSync(path.join(os.tmpdir(), 'measured-'));
  const file = resultsFile(siteDir, 'cache');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(results));
  return siteDir;
}
