import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cases } from './kills.ts';
import { type RecordedKills, tableOf } from './recorded-kills.ts';

const file = path.join(import.meta.dirname, 'kills.json');
const recorded: RecordedKills = JSON.parse(fs.readFileSync(file, 'utf8'));

test('the table shows what is recorded', async () => {
  expect(Object.keys(recorded.tallies)).toEqual(Object.keys(cases));
  await expect(tableOf(recorded)).toMatchFileSnapshot('kills.txt');
});

test('each is of a hundred kills, and what was acknowledged is one of three', () => {
  for (const tally of Object.values(recorded.tallies)) {
    const { kills, acknowledged, stored, recovered, lost } = tally;
    expect(kills).toBe(100);
    expect(stored + recovered + lost).toBe(acknowledged);
  }
});

test('what the page says of it is so', () => {
  const { memory, everysecKilled, ...durable } = recorded.tallies;
  expect(memory.recovered).toBe(0);
  expect(memory.lost).toBeGreaterThan(0);
  expect(everysecKilled.lost).toBe(0);
  for (const { lost, recovered, duplicated } of Object.values(durable)) {
    expect(lost).toBe(0);
    expect(recovered).toBeGreaterThan(0);
    expect(duplicated).toBeGreaterThan(0);
  }
});
