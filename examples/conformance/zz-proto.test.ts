import { test } from 'vitest';
import { strategyCandidates } from './strategy-candidates.ts';
import { simulate } from '../simulation/simulate.ts';
test.each(strategyCandidates.slice(0,3))('$name', async (c) => {
  const counts: Record<string, number[]> = {};
  for (let seed = 1; seed <= 3000; seed++) {
    const h = await simulate(c, seed);
    for (const p of new Set(h.findings.map((f) => f.promise))) (counts[p] ??= []).push(seed);
  }
  console.log(c.name, Object.entries(counts).map(([p, s]) => `${p}: ${s.length} ${s.slice(0, 5)}`));
}, 100000);
