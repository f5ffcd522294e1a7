import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Everything that is left to chance comes from here: from its seed. */
export class Random {
  readonly #generator;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return uniformInt(this.#generator, least, most);
  }

  /** From 0 to below 1, like `Math.random`. */
  fraction(): number {
    return this.between(0, 2 ** 30 - 1) / 2 ** 30;
  }

  /** Whether something happens that happens so many times in a hundred. */
  chance(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }

  pick<T>(items: readonly T[]): T {
    return this.weighted(items.map((item) => [1, item]));
  }

  /** Some of them, or none. */
  some<T>(items: readonly T[]): T[] {
    return items.filter(() => this.chance(50));
  }

  /** One of them, each as often as its weight says. */
  weighted<T>(items: readonly (readonly [weight: number, item: T])[]): T {
    const total = items.reduce((sum, [weight]) => sum + weight, 0);
    let rest = this.between(1, total);
    for (const [weight, item] of items) {
      rest -= weight;
      if (rest <= 0) return item;
    }
    throw new Error('expected something to choose from');
  }
}
