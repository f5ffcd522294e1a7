/** What a value takes in memory, as Node.js holds it. It needs no other file. */

// #region estimate
/** An object that is there twice, or contains itself, counts once. */
export function estimateBytes(value: unknown): number {
  const counted = new Set<object>();
  const left = [value];
  let bytes = 0;
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === 'string') bytes += bytesOfString(next);
    else if (typeof next === 'number') bytes += bytesOfNumber(next);
    else if (typeof next === 'bigint') bytes += 24;
    if (typeof next !== 'object' || next === null) continue;
    if (counted.has(next)) continue;
    counted.add(next);
    const parts = partsOf(next);
    bytes += bytesOfObject(next, parts.length);
    for (const part of parts) left.push(part);
  }
  return bytes;
}

function bytesOfNumber(number: number): number {
  // A whole number of 32 bits stands where others have their address.
  return (number | 0) === number ? 0 : 16;
}

function bytesOfString(text: string): number {
  // One character beyond Latin-1 makes each of them take two bytes.
  const width = /[\u0100-\uffff]/.test(text) ? 2 : 1;
  return 16 + 8 * Math.ceil((width * text.length) / 8);
}

function bytesOfObject(object: object, slots: number): number {
  if (ArrayBuffer.isView(object) || object instanceof ArrayBuffer) {
    return 200 + object.byteLength;
  }
  const isTable = object instanceof Map || object instanceof Set;
  return isTable ? 160 + 16 * slots : 48 + 8 * slots;
}

function partsOf(object: object): unknown[] {
  if (ArrayBuffer.isView(object)) return [];
  if (object instanceof Set) return [...object];
  if (object instanceof Map) return [...object.keys(), ...object.values()];
  return Object.values(object);
}
// #endregion estimate
