import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../tool.mjs';
import { mutantsOf } from './mutants.mjs';
import { summaryOf } from './report.mjs';
import { subjectOf } from './subject.mjs';
import { tokenHash } from './tokens.mjs';

const reports = fs
  .readdirSync(path.join(root, 'examples'), { recursive: true })
  .map((file) => `examples/${String(file).replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.mutations.json'));

test('the write-behind cache has been mutated', () => {
  expect(reports).toContain(
    'examples/strategies/write-behind/write-behind-cache.mutations.json',
  );
});

describe.each(reports)('%s', (file) => {
  const report = readJson(file);
  const subject = subjectOf(root, report.module);
  const text = fs.readFileSync(path.join(root, report.module), 'utf8');

  test('is of the module as it is: if not, npm run mutate', () => {
    expect(subject.report).toBe(file);
    expect(report.tokens).toBe(tokenHash(text));
    expect(report.mutants).toBe(mutantsOf(text).length);
  });

  test('counts each mutant once', () => {
    const { mutants, killed, hung, survived, score } = report;
    expect(killed + hung + survived).toBe(mutants);
    expect(Object.keys(report.survivors)).toHaveLength(survived);
    expect(score).toBeGreaterThanOrEqual(95);
  });

  test('is summed up for the pages', () => {
    const summary = fs.readFileSync(path.join(root, subject.summary), 'utf8');
    expect(summary).toBe(`${summaryOf(report)}\n`);
  });

  test('says why each that survived may', () => {
    expect(report.survivors).toEqual(readJson(subject.reasons));
  });
});

function readJson(file: string) {
  return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
}
