// #region partition
/**
 * The partition of a key: on every node, in every language and for ever the
 * same. It is FNV-1a, of 32 bits, over the bytes of UTF-8.
 */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (const byte of utf8.encode(key)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0) % partitions;
}
// #endregion partition

const utf8 = new TextEncoder();
