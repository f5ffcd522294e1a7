import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import type { Scores } from './scores.ts';
import { story } from './story.ts';

export class SweptScores implements Scores {
  readonly #store: Store<string, number>;
  readonly #scores = new Map<string, number>();
  readonly #dirty = new Map<string, number>();
  #version = 0;

  constructor(store: Store<string, number>) {
    this.#store = store;
  }

  get(player: string): number | undefined {
    return this.#scores.get(player);
  }

  // #region sweep
  set(player: string, score: number): void {
    this.#scores.set(player, score);
    // #region version
    this.#version += 1;
    this.#dirty.set(player, this.#version);
    // #endregion version
  }

  async sweep(): Promise<void> {
    const swept = [...this.#dirty];
    await this.#store.write(
      swept.map((mark) => this.#operation(...mark)),
    );
    // #region mend
    for (const [player, version] of swept) {
      const isLast = this.#dirty.get(player) === version;
      if (isLast) this.#dirty.delete(player);
    }
    // #endregion mend
  }
  // #endregion sweep

  #operation(
    player: string,
    version: number,
  ): Operation<string, number> {
    const value = this.#scores.get(player) ?? 0;
    return { type: 'set', key: player, value, version };
  }
}

export function demo(print: Print): Promise<void> {
  return story(SweptScores, print);
}

if (isMain('write-behind/dirty-bit/after')) {
  void demo(console.log);
}
