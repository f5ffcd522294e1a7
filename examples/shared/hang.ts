/** Holds up whoever comes, from when it begins until it ends. */
export class Hang {
  #isOn = false;
  readonly #held: (() => void)[] = [];

  begin(): void {
    this.#isOn = true;
  }

  end(): void {
    this.#isOn = false;
    for (const resume of this.#held.splice(0)) resume();
  }

  /** Resolves at once if nothing hangs. */
  async over(): Promise<void> {
    // It may have begun again before those whom it held up could go on.
    while (this.#isOn) {
      await new Promise<void>((resume) => this.#held.push(resume));
    }
  }
}
