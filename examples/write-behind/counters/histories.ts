/** A thousand histories of each candidate, and what came of them. */
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Candidate } from './simulation/candidate.ts';
import { exact, naive } from './simulation/candidates.ts';
import { type History, play } from './simulation/history.ts';

export interface Played {
  readonly candidate: Candidate;
  readonly histories: readonly History[];
}

async function playMany(candidate: Candidate, runs: number): Promise<Played> {
  const histories: History[] = [];
  for (let seed = 1; seed <= runs; seed += 1) {
    histories.push(await play(candidate, seed));
  }
  return { candidate, histories };
}

/** What is right in all of so many is worth more than what is wrong in some. */
export async function playAll(): Promise<readonly Played[]> {
  const all: Played[] = [];
  for (const candidate of exact) all.push(await playMany(candidate, 1000));
  for (const candidate of naive) all.push(await playMany(candidate, 200));
  return all;
}

/** Those whose total is wrong. */
export function wrongOf({ histories }: Played): readonly History[] {
  return histories.filter(({ lost, repeated }) => lost > 0 || repeated > 0);
}

export function inWords({ seed, additions, lost, repeated }: History): string {
  return `seed ${seed}, ${additions} additions: ${lost} lost, ${repeated} repeated`;
}

export function report(all: readonly Played[], print: Print): void {
  print(`${' '.repeat(42)}histories  wrong`);
  for (const played of all) {
    const wrong = wrongOf(played);
    const { candidate, histories } = played;
    print(
      [
        candidate.name.padEnd(42),
        String(histories.length).padStart(9),
        String(wrong.length).padStart(7),
      ].join(''),
    );
    const [first] = wrong;
    if (first === undefined) print(`  ${sumsOf(histories)}`);
    else print(`  ${inWords(first)}`);
  }
}

function sumsOf(histories: readonly History[]): string {
  const sum = (of: (history: History) => number) =>
    histories.reduce((total, history) => total + of(history), 0);
  return [
    `${sum(({ additions }) => additions)} additions`,
    `${sum(({ lostCalls }) => lostCalls)} lost calls`,
    `${sum(({ crashes }) => crashes)} crashes`,
  ].join(', ');
}

export async function demo(print: Print): Promise<void> {
  report(await playAll(), print);
}

if (isMain('write-behind/counters/histories')) void demo(console.log);
