import type { Settled } from '../../shared/journal.ts';

/** Where in the journal the operations are that nobody has settled. */
export class Held<Place> {
  /** The version at each place, by key. */
  readonly #places = new Map<string, Map<Place, number>>();

  add({ key, version }: Settled<string>, place: Place): void {
    const places = this.#places.get(key) ?? new Map<Place, number>();
    this.#places.set(key, places.set(place, version));
  }

  /** Those of these operations, and of the earlier ones of their keys. */
  settledBy(operations: readonly Settled<string>[]): readonly Place[] {
    return operations.flatMap(({ key, version }) =>
      [...(this.#places.get(key) ?? [])]
        .filter(([, held]) => held <= version)
        .map(([place]) => place),
    );
  }

  remove(operations: readonly Settled<string>[]): void {
    for (const { key, version } of operations) {
      const places = this.#places.get(key) ?? new Map<Place, number>();
      for (const [place, held] of places) {
        if (held <= version) places.delete(place);
      }
      if (places.size === 0) this.#places.delete(key);
    }
  }
}
