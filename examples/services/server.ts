/**
 * A real server of one's own, for tests and demos: in a temporary directory, on
 * a free port, killable, and gone with the process that has started it.
 */
import { Guard, type Guarded } from './guard.ts';
import { noteVersion } from './versions.ts';

export interface ServerPlan {
  /** Makes what it needs before its first start. */
  readonly prepare?: (guard: Guard) => Promise<void>;
  /** Also after it was killed. */
  readonly run: (guard: Guard) => Guarded;
  /** What it prints when it is ready. */
  readonly ready: string;
  /** How it prints its `name` and its `version`. */
  readonly version?: RegExp;
  readonly url: (output: string) => string;
}

export class Server {
  /** For every client. */
  readonly url: string;
  readonly #plan: ServerPlan;
  readonly #guard: Guard;
  #running: Guarded;

  static async start(plan: ServerPlan): Promise<Server> {
    const guard = await Guard.open();
    try {
      await plan.prepare?.(guard);
      return new Server(plan, guard, await serve(plan, guard));
    } catch (error) {
      await guard.close();
      throw error;
    }
  }

  private constructor(plan: ServerPlan, guard: Guard, running: Guarded) {
    this.#plan = plan;
    this.#guard = guard;
    this.#running = running;
    this.url = plan.url(running.output);
  }

  /** Where its data is. */
  get directory(): string {
    return this.#guard.directory;
  }

  /** What it has not given to the system is lost; the disk keeps the rest. */
  async kill(): Promise<void> {
    await this.#running.kill();
  }

  /** After `kill`, with what is on the disk. */
  async restart(): Promise<void> {
    this.#running = await serve(this.#plan, this.#guard);
  }

  /** Its data goes as well. */
  async stop(): Promise<void> {
    await this.#guard.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

async function serve({ run, ready, version }: ServerPlan, guard: Guard) {
  const running = run(guard);
  await running.printed(ready);
  if (version !== undefined) noteVersion(running.output, version);
  return running;
}
