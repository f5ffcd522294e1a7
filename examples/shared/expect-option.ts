/** Checks of the options that a caller passes: an error says what is wrong. */
import { longestDelayMs } from './clock.ts';

export function expectSize(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw unexpected(name, 'a whole number above 0', value);
}

export function expectDelay(name: string, value: number): void {
  if (value >= 0 && value <= longestDelayMs) return;
  throw unexpected(name, `milliseconds from 0 to ${longestDelayMs}`, value);
}

export function expectName(name: string, value: string): void {
  if (typeof value === 'string' && value !== '') return;
  throw unexpected(name, 'a name', value === '' ? "''" : value);
}

export function unexpected(
  name: string,
  expected: string,
  value: unknown,
): RangeError {
  return new RangeError(`${name}: expected ${expected}, got ${String(value)}`);
}
