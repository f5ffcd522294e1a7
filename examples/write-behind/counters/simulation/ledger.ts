/** What was added, kept so that a total tells how often each addition counts. */
export interface Addition {
  readonly by: number;
  /** It must be there in the end, whatever dies. */
  isSafe: boolean;
  /** Its process has died, and had not made it safe: once, or not at all. */
  isUnsure: boolean;
}

export interface Verdict {
  readonly additions: number;
  readonly lost: number;
  /** That count more than once. */
  readonly repeated: number;
}

// #region digits
/** The nth addition to a counter is worth 4ⁿ, which is a digit of the total. */
const base = 4;
/** More digits than these a number does not hold. */
const mostDigits = 26;
// #endregion digits

export class Ledger {
  readonly #additions = new Map<string, Addition[]>();

  /** Undefined where the counter has no digit left. */
  add(key: string): Addition | undefined {
    const ofKey = this.#additions.get(key) ?? [];
    if (ofKey.length >= mostDigits) return undefined;
    const by = base ** ofKey.length;
    const addition = { by, isSafe: false, isUnsure: false };
    this.#additions.set(key, [...ofKey, addition]);
    return addition;
  }

  compare(count: (key: string) => number): Verdict {
    const verdict = { additions: 0, lost: 0, repeated: 0 };
    for (const [key, ofKey] of this.#additions) {
      let rest = count(key);
      for (const { isUnsure } of ofKey) {
        const times = rest % base;
        rest = Math.floor(rest / base);
        verdict.additions += 1;
        if (times === 0 && !isUnsure) verdict.lost += 1;
        if (times > 1) verdict.repeated += 1;
      }
      // It was repeated more often than a digit can say.
      if (rest > 0) verdict.repeated += 1;
    }
    return verdict;
  }
}
