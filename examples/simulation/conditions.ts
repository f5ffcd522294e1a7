/** What a history is played with, for those who read it. */
import type { Limits } from '../conformance/world.ts';
import { poisonedKey, type Weather } from './weather.ts';

export function inWords(limits: Limits, weather: Weather): string[] {
  return [`Limits: ${limitsOf(limits)}.`, `Store: ${storeIn(weather)}.`];
}

function limitsOf(limits: Limits): string {
  const { maxBatchSize, maxDelayMs, maxPending, whenFull, maxEntries } = limits;
  return [
    `batches of ${maxBatchSize}`,
    `a delay of ${maxDelayMs} ms`,
    `${maxPending} pending keys (then ${whenFull})`,
    `${maxEntries} in memory`,
    attemptsOf(limits.retry),
  ].join(', ');
}

function attemptsOf(retry: Limits['retry']): string {
  const { attempts, baseDelayMs, maxDelayMs } = retry;
  if (attempts === 1) return '1 attempt';
  return `${attempts} attempts (backoff ${baseDelayMs} to ${maxDelayMs} ms)`;
}

function storeIn(weather: Weather): string {
  const { slowMs, failing, partial, unreadable, poison } = weather;
  const faults = [
    failing > 0 && `${failing} of 100 writes fail`,
    partial > 0 && `${partial} of 100 writes fail in part`,
    unreadable > 0 && `${unreadable} of 100 reads fail`,
    poison !== 'none' && poisonIn(weather),
  ].filter((fault) => fault !== false);
  const speed =
    slowMs === 0 ? 'no call takes any time' : `up to ${slowMs} ms each way`;
  return [speed, ...(faults.length > 0 ? faults : ['nothing fails'])].join(
    ', ',
  );
}

function poisonIn({ poison, isPermanent }: Weather): string {
  const refused =
    poison === 'named'
      ? `'${poisonedKey}'`
      : `each batch with '${poisonedKey}'`;
  return `${refused} is refused${isPermanent ? ' for good' : ''}`;
}
