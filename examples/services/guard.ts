/**
 * Real servers, for tests and demos: in a temporary directory, and gone with
 * the process that has started them, even if that is killed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { projectFile } from '../shared/project-file.ts';

export interface Quit {
  readonly signal: NodeJS.Signals;
  /** Milliseconds, after which it is killed. */
  readonly patienceMs: number;
}

// #region messages
export type Order =
  | {
      readonly do: 'run';
      readonly id: number;
      readonly command: string;
      readonly args: readonly string[];
      /** Its number. Default: ours. */
      readonly user?: number;
      /**
       * What ends it with the guard, if it has to give something back to the
       * system that outlives a kill. Default: it is killed.
       */
      readonly quit?: Quit;
    }
  | {
      readonly do: 'signal';
      readonly id: number;
      readonly signal: NodeJS.Signals;
    };

type News =
  | { readonly directory: string }
  | { readonly id: number; readonly text: string }
  | { readonly id: number; readonly error: string }
  | {
      readonly id: number;
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
    };
// #endregion messages

export interface RunOptions
  extends Pick<Extract<Order, { do: 'run' }>, 'user' | 'quit'> {}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A directory, and the processes in it. */
export class Guard {
  readonly directory: string;
  readonly #guardian: ChildProcess;
  readonly #processes = new Map<number, Guarded>();

  static async open(): Promise<Guard> {
    const file = projectFile('examples/services/guardian.mjs');
    const guardian = fork(file, {
      execArgv: [],
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    const directory = await new Promise<string>((resolve, reject) => {
      guardian.once('message', (news: { readonly directory: string }) =>
        resolve(news.directory),
      );
      guardian.once('error', reject);
      guardian.once('exit', () =>
        reject(new Error(`${file} ended before it began`)),
      );
    });
    return new Guard(guardian, directory);
  }

  private constructor(guardian: ChildProcess, directory: string) {
    this.#guardian = guardian;
    this.directory = directory;
    guardian.on('message', (news: News) => {
      if ('id' in news) this.#processes.get(news.id)?.hear(news);
    });
  }

  run(
    command: string,
    args: readonly string[],
    options: RunOptions = {},
  ): Guarded {
    const id = this.#processes.size + 1;
    const guarded = new Guarded(command, (signal) =>
      this.#order({ do: 'signal', id, signal }),
    );
    this.#processes.set(id, guarded);
    this.#order({ do: 'run', id, command, args, ...options });
    return guarded;
  }

  /** Ends what runs, and removes the directory. */
  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#guardian;
    if (exitCode !== null || signalCode !== null) return;
    const gone = new Promise((resolve) => this.#guardian.once('exit', resolve));
    this.#guardian.disconnect();
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #order(order: Order): void {
    this.#guardian.send(order);
  }
}

/** A process under guard. */
export class Guarded {
  /** All that it has printed. */
  output = '';
  readonly ended: Promise<Ended>;
  readonly #command: string;
  readonly #signal: (signal: NodeJS.Signals) => void;
  readonly #listeners = new Set<() => void>();
  #end: ((ended: Ended) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  constructor(command: string, signal: (signal: NodeJS.Signals) => void) {
    this.#command = path.basename(command);
    this.#signal = signal;
    this.ended = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    // Who waits for it is told, and nobody has to.
    this.ended.catch(() => {});
  }

  /** Resolves when it has printed that; rejects if it ends before. */
  async printed(text: string): Promise<void> {
    const seen = new Promise<void>((resolve) => {
      const look = () => {
        if (!this.output.includes(text)) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
    const early = this.ended.then(({ code, signal }) => {
      const end = signal ?? `code ${code}`;
      throw new Error(`${this.#command}: ${end}\n${this.output}`);
    });
    await Promise.race([seen, early]);
  }

  signal(signal: NodeJS.Signals): void {
    this.#signal(signal);
  }

  /** It is gone when this resolves, with all that it had started. */
  kill(): Promise<Ended> {
    this.#signal('SIGKILL');
    return this.ended;
  }

  hear(news: Exclude<News, { readonly directory: string }>): void {
    if ('text' in news) {
      this.output += news.text;
      for (const look of this.#listeners) look();
    } else if ('error' in news) {
      this.#fail?.(new Error(`${this.#command}: ${news.error}`));
    } else {
      this.#end?.(news);
    }
  }
}
