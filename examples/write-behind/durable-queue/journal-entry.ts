/** How the journals write an operation down, and how they know it again. */
import { crc32 } from 'node:zlib';
import type { Operation } from '../../shared/store.ts';

// #region encode
/** A line of text: a checksum, and the operation as JSON. */
export function encode<V>(operation: Operation<string, V>): string {
  if (operation.type === 'set') expectJson(operation.key, operation.value);
  const json = JSON.stringify(operation);
  return `${checksum(json)} ${json}`;
}

/** Throws where the text is not what `encode` has returned. */
export function decode<V>(text: string): Operation<string, V> {
  const json = text.slice(9);
  const expected = checksum(json);
  const got = text.slice(0, 8);
  if (got !== expected) {
    throw new Error(`checksum: expected ${expected}, got ${got}`);
  }
  return JSON.parse(json);
}
// #endregion encode

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

/** JSON would leave these out, and `replay` would return a set of nothing. */
function expectJson(key: string, value: unknown): void {
  if (!['undefined', 'function', 'symbol'].includes(typeof value)) return;
  const expected = 'what JSON can hold';
  throw new TypeError(`${key}: expected ${expected}, got ${typeof value}`);
}
