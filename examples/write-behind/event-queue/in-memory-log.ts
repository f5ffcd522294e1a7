import type {
  Consumption,
  EventLog,
  LoggedMessage,
  Message,
  OpenReader,
  PartitionReader,
  Place,
} from './event-log.ts';

/**
 * A log for tests, which play the crash: it survives those who use it, not the
 * process. It has one partition, and one consumer at a time.
 */
export class InMemoryLog implements EventLog {
  readonly #messages: LoggedMessage[] = [];
  #acknowledged = -1;
  #reader: PartitionReader | undefined;
  #session = 0;
  readonly #errors: unknown[] = [];

  async publish(message: Message): Promise<Place> {
    this.#fail();
    const place = { partition: 0, position: this.#messages.length };
    const logged = { ...message, ...place };
    this.#messages.push(logged);
    void this.#reader?.read([logged]);
    return place;
  }

  /** Takes the partition away from whoever has it. */
  async consume(open: OpenReader): Promise<Consumption> {
    this.#session += 1;
    const session = this.#session;
    const reader = open({
      id: 0,
      acknowledge: async (position) => {
        if (session !== this.#session) return;
        this.#fail();
        this.#acknowledged = Math.max(this.#acknowledged, position);
      },
    });
    this.#reader = reader;
    void reader.read(this.unacknowledged());
    const stop = async () => {
      if (this.#reader === reader) this.#reader = undefined;
      await reader.stop();
    };
    return { stop };
  }

  async acknowledged(): Promise<ReadonlyMap<number, number>> {
    this.#fail();
    return new Map([[0, this.#acknowledged]]);
  }

  async tail(): Promise<readonly LoggedMessage[]> {
    this.#fail();
    const last = this.#messages.length - 1;
    return this.#messages.slice(Math.min(this.#acknowledged + 1, last));
  }

  /** What a crash leaves to the next consumer. */
  unacknowledged(): readonly LoggedMessage[] {
    return this.#messages.slice(this.#acknowledged + 1);
  }

  messages(): readonly LoggedMessage[] {
    return this.#messages;
  }

  /** Fails the next calls, each with the next of the errors. */
  failNext(...errors: readonly unknown[]): void {
    this.#errors.push(...errors);
  }

  #fail(): void {
    if (this.#errors.length > 0) throw this.#errors.shift();
  }
}
