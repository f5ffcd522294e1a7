import { isBefore, type Register, type Write } from './register.ts';

/** When an acknowledged write of a key must set out for the store: P6. */
export class DueDates<V> {
  readonly #maxDelayMs: number;
  readonly #keys = new Map<Register<V>, Schedule<V>>();

  constructor(maxDelayMs: number) {
    this.#maxDelayMs = maxDelayMs;
  }

  acknowledged(register: Register<V>, write: Write<V>, now: number): void {
    const schedule = this.#of(register);
    schedule.newest = write;
    if (schedule.lastSent && !isBefore(schedule.lastSent, write)) return;
    schedule.unsent ??= write;
    this.#renew(schedule, now);
  }

  sent(register: Register<V>, write: Write<V>): void {
    const schedule = this.#of(register);
    const { newest } = schedule;
    schedule.lastSent = write;
    schedule.unsent = newest && isBefore(write, newest) ? newest : undefined;
    schedule.due = Infinity;
    schedule.flights += 1;
  }

  /** Whether a call is under way that contains the key. */
  isUnderWay(register: Register<V>): boolean {
    return this.#of(register).flights > 0;
  }

  /** After a failure other rules decide when the key is tried again. */
  answered(register: Register<V>, hasFailed: boolean, now: number): void {
    const schedule = this.#of(register);
    schedule.flights -= 1;
    schedule.isFailing = hasFailed;
    this.#renew(schedule, now);
  }

  /** What has failed is given up: a later write of the key is due again. */
  givenUp(register: Register<V>, now: number): void {
    const schedule = this.#of(register);
    schedule.isFailing = false;
    if (register.owed.size === 0) schedule.unsent = undefined;
    this.#renew(schedule, now);
  }

  /** Nothing is expected of the key until it is written again. */
  forget(register: Register<V>): void {
    const schedule = this.#of(register);
    schedule.unsent = undefined;
    schedule.due = Infinity;
  }

  /** The process is gone, with its calls. */
  clear(): void {
    this.#keys.clear();
  }

  /** Those that should have set out. Each is told once. */
  overdue(now: number): { write: Write<V>; dueMs: number }[] {
    const late: { write: Write<V>; dueMs: number }[] = [];
    for (const schedule of this.#keys.values()) {
      if (schedule.due >= now || schedule.unsent === undefined) continue;
      late.push({ write: schedule.unsent, dueMs: schedule.due });
      schedule.due = Infinity;
      schedule.unsent = undefined;
    }
    return late;
  }

  #renew(schedule: Schedule<V>, now: number): void {
    const waits = schedule.unsent !== undefined;
    const isFree = schedule.flights === 0 && !schedule.isFailing;
    if (!waits || !isFree || schedule.due !== Infinity) return;
    schedule.due = now + this.#maxDelayMs;
  }

  #of(register: Register<V>): Schedule<V> {
    let schedule = this.#keys.get(register);
    if (schedule === undefined) {
      schedule = {
        newest: undefined,
        unsent: undefined,
        lastSent: undefined,
        due: Infinity,
        flights: 0,
        isFailing: false,
      };
      this.#keys.set(register, schedule);
    }
    return schedule;
  }
}

interface Schedule<V> {
  /** The last that was acknowledged. */
  newest: Write<V> | undefined;
  /** Acknowledged, and the first such that no call to the store has had. */
  unsent: Write<V> | undefined;
  lastSent: Write<V> | undefined;
  due: number;
  /** Calls under way that contain the key. */
  flights: number;
  isFailing: boolean;
}
