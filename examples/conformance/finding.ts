import { type PromiseId, promises } from './candidate.ts';

/** A broken promise. */
export interface Finding {
  readonly promise: PromiseId;
  readonly atMs: number;
  /** Undefined where it is about no key in particular. */
  readonly key: string | undefined;
  readonly expected: string;
  readonly got: string;
}

export function sentence({ promise, atMs, expected, got }: Finding): string {
  const title = `${promise} ${promises[promise]}`;
  return `${title}, at ${showMs(atMs)}: expected ${expected}; got ${got}`;
}

/** Some caches draw when they try again: tenths tell enough of it. */
export function showMs(ms = Number.NaN): string {
  return `${Math.round(ms * 10) / 10} ms`;
}

/** A value as code would write it. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `'${value}'`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
