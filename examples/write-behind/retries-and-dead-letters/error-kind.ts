/** Tells errors that pass from those that stay, by the codes of drivers. */
import {
  isPartialWriteError,
  isPermanent,
  PartialWriteError,
  type Store,
} from '../../shared/store.ts';

// #region kinds
/** An unknown one is tried again like a temporary one, and looked into. */
export type ErrorKind = 'temporary' | 'permanent' | 'unknown';

/** Nobody could be reached, or the connection has broken. */
const network: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'],
  ...['EHOSTDOWN', 'EHOSTUNREACH', 'ENETDOWN', 'ENETUNREACH'],
  ...['EAI_AGAIN', 'ENOTFOUND'],
]);

/** What `pg` says of a server that is silent or gone. It adds no code. */
const silent: ReadonlySet<string> = new Set([
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'There was an error establishing an SSL connection',
]);

/** By class, or by code where the class holds both. */
const sqlStates: Readonly<Record<string, ErrorKind>> = {
  '08': 'temporary', // the connection is lost
  '40': 'temporary', // rolled back: a deadlock, a serialization failure
  '53': 'temporary', // too many connections, the disk is full
  '55': 'temporary', // a lock was not available
  '57': 'temporary', // it shuts down, starts up, or has cancelled
  '58': 'temporary', // the disk or the system has failed
  '25006': 'temporary', // read-only: the primary has moved
  '22': 'permanent', // the value is too long, out of range, not valid
  '23502': 'permanent', // a column may not be null
  '23514': 'permanent', // a check of the row
  '54': 'permanent', // larger than the database can hold
};
// #endregion kinds

// #region error-kind
/** Permanent is what the row alone is to blame for. */
export function errorKind(error: unknown): ErrorKind {
  let inner: unknown = error;
  for (let depth = 0; depth < 5 && inner instanceof Error; depth += 1) {
    if (isPermanent(inner)) return 'permanent';
    // Its cause is that of one of the rows, and nobody knows of which.
    if (isPartialWriteError(inner) && inner.failed.length > 1) return 'unknown';
    const kind = kindOf(inner);
    if (kind !== undefined) return kind;
    inner = inner.cause;
  }
  return 'unknown';
}

function kindOf(error: Error): ErrorKind | undefined {
  if (error.name === 'TimeoutError') return 'temporary';
  if (silent.has(error.message)) return 'temporary';
  const code = 'code' in error ? String(error.code) : '';
  // Before the others: EPIPE could be a SQLSTATE by its length.
  if (network.has(code)) return 'temporary';
  if (!/^[0-9A-Z]{5}$/.test(code)) return undefined;
  return sqlStates[code] ?? sqlStates[code.slice(0, 2)];
}
// #endregion error-kind

/** It would come again at each further attempt. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  readonly permanent = true;
}

// #region mark
/** The same store, whose permanent errors say so: caches then stop trying. */
export function markPermanent<K, V>(store: Store<K, V>): Store<K, V> {
  return {
    read: (key) => store.read(key),
    async write(batch) {
      try {
        await store.write(batch);
      } catch (error) {
        throw errorKind(error) === 'permanent' ? marked(error) : error;
      }
    },
  };
}
// #endregion mark

function marked(error: unknown): unknown {
  if (isPermanent(error)) return error;
  const options = { cause: error, permanent: true };
  if (isPartialWriteError(error)) {
    return new PartialWriteError(error.failed, options);
  }
  return new PermanentError(String(error), options);
}
