import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import { newestWins } from './drift.ts';
import type { DriftReport } from './drift-report.ts';
import { reconcile } from './reconcile.ts';
import { type Shop, story } from './story.ts';

// #region compare
export async function compare(
  shop: Shop,
  print: Print,
): Promise<string[]> {
  const { cache, store, isPending, clock } = shop;
  const reports = reconcile({
    ...{ cache, store, isPending, clock },
    // #region mend
    graceMs: 3000,
    repair: newestWins,
    // #endregion mend
    maxSamples: 100,
  });
  let last: DriftReport | undefined;
  for await (const report of reports) last = report;
  if (last !== undefined) printReport(last, print);
  return last?.samples.map(({ key }) => key) ?? [];
}
// #endregion compare

function printReport(report: DriftReport, print: Print): void {
  const { compared, unsettled, ratio = Number.NaN } = report;
  print(`compared ${compared}, unsettled ${unsettled}`);
  print(`drift ratio ${(100 * ratio).toFixed(1)} %`);
  for (const [kind, count] of Object.entries(report.drift)) {
    if (count > 0)
      print(`${String(count).padStart(5)} ${kind}`);
  }
  for (const [name, count] of Object.entries(report.outcomes)) {
    if (count > 0)
      print(`${String(count).padStart(5)} ${name}`);
  }
}

export function demo(print: Print): Promise<void> {
  return story(compare, print);
}

if (isMain('write-behind/reconciliation/after')) {
  void demo(console.log);
}
