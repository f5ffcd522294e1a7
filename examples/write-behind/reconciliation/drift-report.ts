import type { DriftKind } from './drift.ts';

/** Where a walk goes on. It may be kept as JSON. */
export interface Cursor {
  readonly side: 'cache' | 'store';
  readonly from?: string | undefined;
}

// #region report
/** What a walk has come to so far. */
export interface DriftReport {
  /** Keys that were at rest, with drift or without. */
  readonly compared: number;
  readonly drift: Readonly<Record<DriftKind, number>>;
  /** All kinds together. */
  readonly drifted: number;
  /** The drifted of those compared. Undefined, rather than 0, where there are none. */
  readonly ratio: number | undefined;
  /** Keys that differed, and had a write on its way or have changed since. */
  readonly unsettled: number;
  /** Keys whose rows could not be read. */
  readonly notCompared: number;
  /** What has become of the drift. */
  readonly outcomes: Readonly<Record<RepairOutcome, number>>;
  /** The first ones. No values: reports are read by more people than rows. */
  readonly samples: readonly DriftSample[];
  /** Of the last call that failed, be it of a page or of a repair. */
  readonly lastError: unknown;
  /** Undefined when the walk has come to its end. */
  readonly next: Cursor | undefined;
}

export interface DriftSample {
  readonly key: string;
  readonly kind: DriftKind;
  readonly outcome: RepairOutcome;
}

/**
 * `left` where nobody wanted a repair, `overtaken` where a write came before it,
 * `failed` where nobody can say whether it took place.
 */
export type RepairOutcome = 'repaired' | 'left' | 'overtaken' | 'failed';
// #endregion report

/** Counts for the reports of one walk. */
export class Tally {
  compared = 0;
  unsettled = 0;
  notCompared = 0;
  lastError: unknown;
  readonly #maxSamples: number;
  readonly #drift: Record<DriftKind, number> = {
    'value-differs': 0,
    'missing-in-store': 0,
    'missing-in-cache': 0,
    'deleted-in-store': 0,
    'deleted-in-cache': 0,
  };
  readonly #outcomes = { repaired: 0, left: 0, overtaken: 0, failed: 0 };
  readonly #samples: DriftSample[] = [];

  constructor(maxSamples: number) {
    this.#maxSamples = maxSamples;
  }

  addDrift(sample: DriftSample): void {
    this.compared += 1;
    this.#drift[sample.kind] += 1;
    this.#outcomes[sample.outcome] += 1;
    if (this.#samples.length < this.#maxSamples) this.#samples.push(sample);
  }

  report(next: Cursor | undefined): DriftReport {
    const { compared, unsettled, notCompared, lastError } = this;
    const drifted = Object.values(this.#drift).reduce(
      (sum, count) => sum + count,
    );
    return {
      ...{ compared, drifted, unsettled, notCompared, lastError, next },
      drift: { ...this.#drift },
      ratio: compared === 0 ? undefined : drifted / compared,
      outcomes: { ...this.#outcomes },
      samples: [...this.#samples],
    };
  }
}
