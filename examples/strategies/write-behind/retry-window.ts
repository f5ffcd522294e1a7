import { isMain } from '../../shared/main.ts';
import type { RetryOptions } from './write-behind-cache.ts';

export interface RetryWindow {
  readonly averageMs: number;
  readonly longestMs: number;
}

/** From the first attempt to the last, where the store fails at once. */
export function retryWindow(retry: RetryOptions): RetryWindow {
  let longestMs = 0;
  for (let pause = 0; pause < retry.attempts - 1; pause++) {
    longestMs += Math.min(retry.maxDelayMs, retry.baseDelayMs * 2 ** pause);
  }
  // Each pause is drawn from 0 to its longest.
  return { averageMs: longestMs / 2, longestMs };
}

export async function demo(print: (line: string) => void): Promise<void> {
  print('attempts     on average       at most');
  for (const attempts of [5, 8, 12, 20]) {
    const window = retryWindow({
      attempts,
      baseDelayMs: 100,
      maxDelayMs: 10_000,
    });
    const average = seconds(window.averageMs).padStart(15);
    const longest = seconds(window.longestMs).padStart(14);
    print(`${String(attempts).padStart(8)}${average}${longest}`);
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

if (isMain('strategies/write-behind/retry-window')) void demo(console.log);
