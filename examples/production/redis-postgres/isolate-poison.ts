/**
 * Keeps one bad row from failing its batch, on any store. To own it, copy this
 * file and those that it imports.
 */
import {
  isHopeless,
  isPartialWriteError,
  type Operation,
  PartialWriteError,
  type Store,
} from '../../shared/store.ts';
import { errorKind } from '../../write-behind/retries-and-dead-letters/error-kind.ts';
import { isRowFault, isTooLong } from './row-fault.ts';

/**
 * The same store, which halves a batch that is refused until the rows to blame
 * stand alone. The same call of `write` stores the others, and then rejects with
 * a `PartialWriteError`, which names the bad rows.
 */
export function isolatePoison<K, V>(store: Store<K, V>): Store<K, V> {
  return {
    read: (key) => store.read(key),
    write: (batch) => writeInHalves(store, batch),
  };
}

// #region halves
async function writeInHalves<K, V>(
  store: Store<K, V>,
  batch: readonly Operation<K, V>[],
): Promise<void> {
  const refused: Refused<K, V>[] = [];
  const parts = [batch];
  for (let part = parts.shift(); part; part = parts.shift()) {
    try {
      // A store may take apart what it is given, and this is needed again.
      await store.write([...part]);
    } catch (error) {
      if (isPartialWriteError<K, V>(error)) {
        refused.push(
          ...error.failed.map((operation) => ({ operation, error })),
        );
      } else if (!isRowFault(error)) {
        // Smaller batches could be done in time: whoever has sent it decides.
        if (part === batch && isTooLong(error)) throw error;
        // Named, they come again together: no row is suspected.
        throw unfinished(error, refused, [part, ...parts].flat());
      } else if (part.length > 1) {
        const middle = Math.ceil(part.length / 2);
        parts.unshift(part.slice(0, middle), part.slice(middle));
      } else {
        refused.push(...part.map((operation) => ({ operation, error })));
      }
    }
  }
  if (refused.length > 0) throw refusal(refused);
}
// #endregion halves

interface Refused<K, V> {
  readonly operation: Operation<K, V>;
  readonly error: unknown;
}

/** Its cause is the error of the row or, of several, an error that has them. */
function refusal<K, V>(
  refused: readonly Refused<K, V>[],
): PartialWriteError<K, V> {
  const operations = refused.map(({ operation }) => operation);
  const [first, ...others] = new Set(refused.map(({ error }) => error));
  const cause =
    others.length === 0 ? first : new AggregateError([first, ...others]);
  const hopeless = refused
    .filter(isPermanentlyBad)
    .map(({ operation }) => operation);
  return new PartialWriteError(operations, { cause, hopeless });
}

function isPermanentlyBad<K, V>({ operation, error }: Refused<K, V>): boolean {
  return isPartialWriteError(error)
    ? isHopeless(error, operation.key)
    : errorKind(error) === 'permanent';
}

/** All that is not known to be stored. Nothing is wrong with it. */
function unfinished<K, V>(
  cause: unknown,
  refused: readonly Refused<K, V>[],
  left: readonly Operation<K, V>[],
): PartialWriteError<K, V> {
  const operations = refused.map(({ operation }) => operation);
  return new PartialWriteError([...operations, ...left], { cause });
}
