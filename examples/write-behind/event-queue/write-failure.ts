/** What the error of a batch says about its operations. */
import { isPartialWriteError } from '../../shared/store.ts';
import {
  type ErrorKind,
  errorKind,
} from '../retries-and-dead-letters/error-kind.ts';

export interface WriteFailure {
  readonly error: unknown;
  readonly kind: ErrorKind;
  /** Of the operations that may have failed. */
  readonly keys: ReadonlySet<string>;
  /** All of these have failed, and no others. */
  readonly isCertain: boolean;
  /** The store could not be reached, or could not work: no row is to blame. */
  readonly isOutage: boolean;
}

/** Trusts the names that an error gives only if all are of this batch. */
export function failureOf(
  error: unknown,
  batch: readonly string[],
): WriteFailure {
  const named = namesIn(error).filter((key) => batch.includes(key));
  const isNamed = named.length > 0 && named.length === namesIn(error).length;
  const kind = errorKind(error);
  return {
    error,
    kind,
    keys: new Set(isNamed ? named : batch),
    isCertain: isNamed || batch.length === 1,
    isOutage: kind === 'temporary' && !isNamed,
  };
}

function namesIn(error: unknown): readonly string[] {
  if (!isPartialWriteError<string, unknown>(error)) return [];
  return error.failed.map(({ key }) => key);
}
