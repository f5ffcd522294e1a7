import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Combine, WriteChanges } from './change.ts';
import { story } from './story.ts';

// #region queue
export class OneMapQueue<C> {
  readonly #combine: Combine<C>;
  readonly #send: WriteChanges<string, C>;
  readonly #pending = new Map<string, { readonly change: C }>();
  #version = 0;

  constructor(
    combine: Combine<C>,
    write: WriteChanges<string, C>,
  ) {
    this.#combine = combine;
    this.#send = write;
  }

  add(key: string, change: C): void {
    const pending = this.#pending.get(key);
    // #region bug
    this.#pending.set(key, {
      change: pending
        ? this.#combine(pending.change, change)
        : change,
    });
    // #endregion bug
  }

  async flush(): Promise<void> {
    const sent = [...this.#pending];
    await this.#send(
      sent.map(([key, { change }]) => {
        this.#version += 1;
        return { key, change, version: this.#version };
      }),
    );
    for (const [key, pending] of sent) {
      const isNewest = this.#pending.get(key) === pending;
      if (isNewest) this.#pending.delete(key);
    }
  }
}
// #endregion queue

export function demo(print: Print): Promise<void> {
  return story(
    (combine, write) => new OneMapQueue(combine, write),
    print,
  );
}

if (isMain('write-behind/coalescing/before')) {
  void demo(console.log);
}
