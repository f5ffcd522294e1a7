/** How an operation travels: anybody who reads the log can tell what it is. */
import { unexpected } from '../../shared/expect-option.ts';
import type { Operation } from '../../shared/store.ts';
import type { Message } from './event-log.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export function messageOf<V>(operation: Operation<string, V>): Message {
  const { type, key, version } = operation;
  const value = type === 'set' ? operation.value : null;
  const json = JSON.stringify(value);
  if (json === undefined) throw unexpected(key, 'a value that JSON has', value);
  return {
    key,
    body: encoder.encode(json),
    headers: { type, version: String(version) },
  };
}

/** Throws where it is none: whoever publishes may make mistakes. */
export function operationOf<V>(message: Message): Operation<string, V> {
  const { key, body, headers } = message;
  const { type, version: digits = '' } = headers;
  const version = Number(digits);
  if (!/^\d+$/.test(digits) || !Number.isSafeInteger(version)) {
    throw unexpected('version', 'a whole number', digits);
  }
  if (type === 'delete') return { type, key, version };
  if (type !== 'set') throw unexpected('type', 'set or delete', type);
  const value: V = JSON.parse(decoder.decode(body));
  return { type, key, value, version };
}
