/** What a cache makes of its dice: how much of its longest pause it waits. */

// #region jitters
export const jitters = {
  /** All of it: whoever failed together comes back together. */
  none: () => 1 - Number.EPSILON,
  /** From a half to all of it. */
  equal: (dice: number) => 0.5 + dice / 2,
  /** From nothing to all of it: what the cache does by itself. */
  full: (dice: number) => dice,
};
// #endregion jitters
