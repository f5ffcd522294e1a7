import type { Operation } from '../shared/store.ts';

/**
 * Operations as most caches write them: without a version. Each has version 0,
 * so the store cannot tell an old one, and the last to arrive wins.
 */
export function put<V>(key: string, value: V): Operation<string, V> {
  return { type: 'set', key, value, version: 0 };
}

export function remove(key: string): Operation<string, never> {
  return { type: 'delete', key, version: 0 };
}
