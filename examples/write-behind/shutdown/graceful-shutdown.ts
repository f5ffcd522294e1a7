/** From a signal to an exit code. To own it, copy this file and its imports. */
import { whileAwaited } from '../../shared/clock.ts';
import { expectDelay } from '../../shared/expect-option.ts';
import type { Operation } from '../../shared/store.ts';
import { within } from '../../shared/timeout.ts';
import type {
  CloseReport,
  WriteBehindCache,
} from '../../strategies/write-behind/write-behind-cache.ts';
import type { HurriedClock } from './hurried-clock.ts';

// #region options
export interface ShutdownOptions<K, V> extends Partial<ShutdownTimes> {
  readonly requests: Requests;
  readonly cache: Pick<WriteBehindCache<K, V>, 'close' | 'stats'>;
  /** The one that the cache has: a second signal hurries both. */
  readonly clock: HurriedClock;
  /**
   * Keeps what is left, values included, outside of this process. Some of it
   * may be in the store nevertheless.
   */
  readonly keep: (left: readonly Operation<K, V>[]) => Promise<void> | void;
  /** Default: SIGTERM and SIGINT. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Default: `console.log`. */
  readonly print?: (line: string) => void;
  /** Default: this process. */
  readonly process?: Process;
}

/** All in milliseconds. */
export interface ShutdownTimes {
  /** Serves on, unready, until balancers have noticed. Default: 0. */
  readonly noticeMs: number;
  /** For the requests under way. Default: 5000. */
  readonly requestsMs: number;
  /** For the cache. Default: 10,000. */
  readonly drainMs: number;
  /** For `keep`. Default: 2000. */
  readonly keepMs: number;
  /** Between two lines while the cache drains. Default: 1000. */
  readonly progressMs: number;
  /** A signal this soon after the first one is no second. Default: 1000. */
  readonly echoMs: number;
}

/** Where writes come from: an HTTP server, the consumer of a queue. */
export interface Requests {
  /** How many have begun and not ended. */
  readonly underWay: number;
  /** Takes no further ones. Resolves when all have ended. */
  close(): Promise<void>;
  /** Ends those that have not. */
  cut(): void;
}

/** What it needs of Node's `process`. */
export interface Process {
  on(signal: NodeJS.Signals, listener: SignalListener): unknown;
  off(signal: NodeJS.Signals, listener: SignalListener): unknown;
  exit(code: number): unknown;
}

type SignalListener = (signal: NodeJS.Signals) => void;
// #endregion options

export class GracefulShutdown<K, V> {
  readonly #settings: Required<ShutdownOptions<K, V>>;
  readonly #listener: SignalListener = (signal) => this.#hear(signal);
  #beganAt = 0;
  #exitCode: Promise<number> | undefined;
  /** Something is waited for that a second signal can give up. */
  #isWaiting = false;
  #isHurried = false;

  constructor(options: ShutdownOptions<K, V>) {
    this.#settings = settingsFrom(options);
    const { process, signals } = this.#settings;
    for (const signal of signals) process.on(signal, this.#listener);
  }

  // #region signals
  /** What a readiness probe is told. */
  get isReady(): boolean {
    return this.#exitCode === undefined;
  }

  /** Does what the first signal does, and the same for all who ask. */
  begin(reason: string): Promise<number> {
    this.#exitCode ??= whileAwaited(this.#settings.clock, this.#end(reason));
    return this.#exitCode;
  }

  /** Does what a second signal does: nothing is waited for any more. */
  hurry(reason: string): void {
    if (!this.#isWaiting) return;
    this.#isWaiting = false;
    this.#isHurried = true;
    this.#settings.print(`${reason} again: waits no more`);
    this.#settings.clock.hurry();
  }

  #hear(signal: NodeJS.Signals): void {
    const { clock, echoMs } = this.#settings;
    if (this.isReady) void this.begin(signal);
    else if (clock.now() - this.#beganAt >= echoMs) this.hurry(signal);
  }

  /** Listens to signals no more. */
  dispose(): void {
    const { process, signals } = this.#settings;
    for (const signal of signals) process.off(signal, this.#listener);
  }
  // #endregion signals

  // #region end
  async #end(reason: string): Promise<number> {
    const { clock, noticeMs, print, process } = this.#settings;
    this.#beganAt = clock.now();
    this.#isWaiting = true;
    print(`${reason}: not ready any more`);
    let code = 1;
    try {
      await this.#notice(noticeMs);
      await this.#finishRequests().catch((error) => print(String(error)));
      const report = await this.#drain();
      this.#isWaiting = false;
      code = await this.#account(report);
    } catch (error) {
      print(`the shutdown failed: ${error}`);
    }
    this.dispose();
    // A connection to a store that hangs would keep the process for ever.
    process.exit(code);
    return code;
  }
  // #endregion end

  #notice(noticeMs: number): Promise<void> | undefined {
    if (noticeMs === 0) return undefined;
    const { clock } = this.#settings;
    return new Promise((resolve) => {
      clock.schedule(noticeMs, resolve);
    });
  }

  // #region requests
  async #finishRequests(): Promise<void> {
    const { clock, print, requests, requestsMs } = this.#settings;
    const closed = requests.close();
    print(`no new requests: ${requests.underWay} under way`);
    try {
      await within(clock, this.#isHurried ? 0 : requestsMs, closed);
    } catch (error) {
      print(`${requests.underWay} requests are cut: ${error}`);
      requests.cut();
    }
  }
  // #endregion requests

  // #region drain
  async #drain(): Promise<CloseReport<K, V>> {
    const { cache, drainMs } = this.#settings;
    const stopProgress = this.#showProgress();
    try {
      return await cache.close({ timeoutMs: this.#isHurried ? 0 : drainMs });
    } finally {
      stopProgress();
    }
  }

  #showProgress(): () => void {
    const { cache, clock, print, progressMs } = this.#settings;
    let cancel = () => {};
    const show = () => {
      if (this.#isHurried) return;
      const { pending, writing } = cache.stats();
      print(`draining: ${pending + writing} writes to go`);
      cancel = clock.schedule(progressMs, show);
    };
    show();
    return () => cancel();
  }
  // #endregion drain

  // #region account
  async #account(report: CloseReport<K, V>): Promise<number> {
    const { clock, keep, keepMs, print } = this.#settings;
    const { persisted, abandoned, deadLettered } = report;
    const refused = deadLettered.map(({ operation }) => operation);
    const left = [...abandoned, ...refused];
    print(`stored ${persisted} writes, ${left.length} are left`);
    if (left.length === 0) return 0;
    try {
      await within(clock, keepMs, (async () => keep(left))());
      print('what is left is kept');
    } catch (error) {
      print(`what is left is lost: ${error}`);
    }
    return 1;
  }
  // #endregion account
}

function settingsFrom<K, V>(
  options: ShutdownOptions<K, V>,
): Required<ShutdownOptions<K, V>> {
  const times: ShutdownTimes = {
    noticeMs: options.noticeMs ?? 0,
    requestsMs: options.requestsMs ?? 5000,
    drainMs: options.drainMs ?? 10_000,
    keepMs: options.keepMs ?? 2000,
    progressMs: options.progressMs ?? 1000,
    echoMs: options.echoMs ?? 1000,
  };
  for (const [name, ms] of Object.entries(times)) expectDelay(name, ms);
  const { print = console.log } = options;
  return {
    signals: ['SIGTERM', 'SIGINT'],
    process,
    ...options,
    ...times,
    print: (line) => {
      try {
        print(line);
      } catch {
        // A log that fails must not cost a write.
      }
    },
  };
}
