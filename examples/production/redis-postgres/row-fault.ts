import { errorKind } from '../../write-behind/retries-and-dead-letters/error-kind.ts';

// #region row-fault
/** Classes of SQLSTATE that are about the statement, and not about its rows. */
const ofStatement = /^(25|26|28|3D|3F|42)/;

/**
 * Whether one row may be what the store objects to. Where it is down, busy or
 * lacks the table, smaller batches would fail as well.
 */
export function isRowFault(error: unknown): boolean {
  return errorKind(error) !== 'temporary' && !ofStatement.test(codeOf(error));
}
// #endregion row-fault

/** It took too long, as told by the server, for want of a lock, or by `pg`. */
export function isTooLong(error: unknown): boolean {
  return (
    ['57014', '55P03'].includes(codeOf(error)) ||
    (error instanceof Error && error.message === 'Query read timeout')
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
