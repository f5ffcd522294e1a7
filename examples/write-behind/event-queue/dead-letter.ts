import { isPartialWriteError, isPermanent } from '../../shared/store.ts';
import type { EventLog, LoggedMessage, Message } from './event-log.ts';

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

/**
 * Where the letter is too large for its log, it goes without its body. The
 * headers tell where that is, for as long as the first log keeps it.
 */
export async function setAsideOn(
  letters: Pick<EventLog, 'publish'>,
  message: LoggedMessage,
  error: unknown,
): Promise<void> {
  const letter = deadLetterOf(message, error);
  try {
    await letters.publish(letter);
  } catch (refusal) {
    if (!isPermanent(refusal)) throw refusal;
    await letters.publish(withoutBody(letter));
  }
}

function withoutBody({ key, body, headers }: Message): Message {
  const note = `left out: ${body.length} bytes`;
  return {
    key,
    body: new Uint8Array(),
    headers: { ...headers, 'dead-letter-body': note },
  };
}

/** What the store says of the row. A header is one line, and not a long one. */
function reasonOf(error: unknown): string {
  let reason = error;
  while (isPartialWriteError(reason) && reason.cause !== undefined) {
    reason = reason.cause;
  }
  return String(reason).replaceAll(/\s+/g, ' ').slice(0, 500);
}
