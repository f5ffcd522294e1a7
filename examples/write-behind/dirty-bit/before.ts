import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import type { Scores } from './scores.ts';
import { story } from './story.ts';

export class SweptScores implements Scores {
  readonly #store: Store<string, number>;
  readonly #scores = new Map<string, number>();
  readonly #dirty = new Set<string>();

  constructor(store: Store<string, number>) {
    this.#store = store;
  }

  get(player: string): number | undefined {
    return this.#scores.get(player);
  }

  // #region sweep
  set(player: string, score: number): void {
    this.#scores.set(player, score);
    this.#dirty.add(player);
  }

  async sweep(): Promise<void> {
    const swept = [...this.#dirty];
    await this.#store.write(
      swept.map((player) => this.#operation(player)),
    );
    // #region bug
    for (const player of swept) this.#dirty.delete(player);
    // #endregion bug
  }
  // #endregion sweep

  #operation(player: string): Operation<string, number> {
    const value = this.#scores.get(player) ?? 0;
    return { type: 'set', key: player, value, version: 0 };
  }
}

export function demo(print: Print): Promise<void> {
  return story(SweptScores, print);
}

if (isMain('write-behind/dirty-bit/before')) {
  void demo(console.log);
}
