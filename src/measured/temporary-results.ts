import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Unit } from '../../examples/bench/harness/figure.ts';
import type {
  MeasuredResults,
  SimulatedResults,
} from '../../examples/bench/harness/results.ts';
import { resultsFile } from './results.ts';

export const results: MeasuredResults = {
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

export const simulated: SimulatedResults = {
  isSimulated: true,
  conditions: 'Time is virtual.',
  figures: {
    ...figure('ack/steady/here', 'milliseconds', 20.5),
    ...figure('ack/steady/there', 'milliseconds', 41),
    ...figure('ack/bursty/here', 'milliseconds', 0),
    ...figure('ack/bursty/there', 'milliseconds', 1234),
    ...figure('hits/steady/here', 'share', 0.2564),
  },
};

/** A site of its own: the benchmark `cache` is measured, `races` simulated. */
export function makeSite(): string {
  const siteDir = fs.mkdtempSync(path.join(os.tmpdir(), 'measured-'));
  for (const [name, recorded] of Object.entries({
    cache: results,
    races: simulated,
  })) {
    const file = resultsFile(siteDir, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify(recorded));
  }
  return siteDir;
}

function figure(name: string, unit: Unit, value: number) {
  return { [name]: { is: name, unit, value } };
}
