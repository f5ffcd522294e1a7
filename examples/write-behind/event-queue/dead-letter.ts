import { isPartialWriteError } from '../../shared/store.ts';
import type { LoggedMessage, Message } from './event-log.ts';

/**
 * The same message for the log of dead letters: its key, body and headers are
 * as they were, and headers of ours tell where it comes from and why.
 */
// #region dead-letter
export function deadLetterOf(message: LoggedMessage, error: unknown): Message {
  const { key, body, headers, partition, position } = message;
  return {
    key,
    body,
    headers: {
      ...headers,
      'dead-letter-reason': reasonOf(error),
      'dead-letter-partition': String(partition),
      'dead-letter-position': String(position),
    },
  };
}
// #endregion dead-letter

/** What the store says of the row. A header is one line, and not a long one. */
function reasonOf(error: unknown): string {
  let reason = error;
  while (isPartialWriteError(reason) && reason.cause !== undefined) {
    reason = reason.cause;
  }
  return String(reason).replaceAll(/\s+/g, ' ').slice(0, 500);
}
