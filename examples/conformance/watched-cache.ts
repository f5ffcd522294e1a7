import type { CacheUnderTest } from './candidate.ts';
import { type Life, never } from './faulty-store.ts';
import type { Referee, WriteCall } from './referee.ts';

/** The cache, with a referee who hears of each call and of its end. */
export function watched<V>(
  cache: CacheUnderTest<V>,
  referee: Referee<V>,
  life: Life,
): CacheUnderTest<V> {
  async function ended<T>(
    run: () => Promise<T>,
    succeed: (result: T) => void,
    fail: (error: unknown) => void,
  ): Promise<T> {
    const outcome = await settled(run);
    // Nobody is left to hear of it.
    if (!life.isAlive) return never();
    if ('error' in outcome) {
      fail(outcome.error);
      throw outcome.error;
    }
    succeed(outcome.result);
    return outcome.result;
  }

  function call<T>(
    run: () => Promise<T>,
    succeed: (result: T) => void,
    fail: (error: unknown) => void,
  ): Promise<T> {
    const end = ended(run, succeed, fail);
    // The referee has seen the error: the caller need not wait for it.
    end.catch(() => {});
    return end;
  }

  function write<T>(begun: WriteCall<V>, run: () => Promise<T>): Promise<T> {
    return call(
      run,
      () => referee.writeSucceeds(begun),
      (error) => referee.writeFails(begun, error),
    );
  }

  const watchedCache: CacheUnderTest<V> = {
    get(key) {
      if (!life.isAlive) return never();
      const begun = referee.getBegins(key);
      return call(
        () => cache.get(key),
        (value) => referee.getReturns(begun, value),
        (error) => referee.getFails(begun, error),
      );
    },
    set(key, value) {
      if (!life.isAlive) return never();
      const begun = referee.writeBegins(key, 'set', { value });
      return write(begun, () => cache.set(key, value));
    },
    delete(key) {
      if (!life.isAlive) return never();
      const begun = referee.writeBegins(key, 'delete', { value: undefined });
      return write(begun, () => cache.delete(key));
    },
    flush() {
      if (!life.isAlive) return never();
      const begun = referee.flushBegins();
      return call(
        () => cache.flush(),
        () => referee.flushEnds(begun),
        (error) => referee.flushFails(error),
      );
    },
    close(options) {
      if (!life.isAlive) return never();
      const begun = referee.closeBegins(options?.timeoutMs);
      return call(
        () => cache.close(options),
        (report) => referee.closeEnds(begun, report),
        (error) => referee.closeFails(begun, error),
      );
    },
  };
  const update = cache.update?.bind(cache);
  if (update === undefined) return watchedCache;
  return {
    ...watchedCache,
    update(key, change) {
      if (!life.isAlive) return never();
      const begun = referee.writeBegins(key, 'update');
      return write(begun, () =>
        update(key, (current) => {
          const next = change(current);
          referee.updateDecides(begun, current, next);
          return next;
        }),
      );
    },
  };
}

type Outcome<T> = { readonly result: T } | { readonly error: unknown };

async function settled<T>(run: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { result: await run() };
  } catch (error) {
    return { error };
  }
}
