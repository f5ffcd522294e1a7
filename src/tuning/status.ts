import { type Outcome, reachable } from './form.ts';
import { statusText, unreachableText, wrongText } from './texts.ts';

/** What comes of the numbers, in a line. */
export function statusOf(outcome: Outcome, locale: string): string {
  const inDigits = (value: number) => value.toLocaleString(locale);
  if ('wrong' in outcome) return wrongText();
  if ('unreachable' in outcome) {
    const { unreachable, limit } = outcome;
    return unreachableText(
      unreachable,
      inDigits(reachable(unreachable, limit)),
    );
  }
  const { maxBatchSize, maxDelayMs, maxPending } = outcome.plan.options;
  return statusText(
    inDigits(maxBatchSize),
    inDigits(maxDelayMs),
    inDigits(maxPending),
  );
}
