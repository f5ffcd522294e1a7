import { createHash, timingSafeEqual } from 'node:crypto';

// #region compare
/** Takes as long for a wrong one as for the right one, however near it is. */
export function isSameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

/** Of one length for all, which `timingSafeEqual` asks for. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
// #endregion compare
