/** The application in a process of its own: it can be sent a signal. */
import { type Ended, Guard, type Guarded } from '../../services/guard.ts';
import { projectFile } from '../../shared/project-file.ts';
import type { Environment } from './settings.ts';

interface LogLine {
  readonly message: string;
  readonly url?: string;
}

export class AppProcess {
  readonly url: string;
  readonly #guard: Guard;
  readonly #guarded: Guarded;

  static async start(environment: Environment = {}): Promise<AppProcess> {
    const guard = await Guard.open();
    try {
      const guarded = guard.run(process.execPath, [
        ...['--import', environmentOf(environment)],
        projectFile('scripts/example.mjs'),
        'production/nestjs/main',
      ]);
      await guarded.printed('"listens"');
      return new AppProcess(guard, guarded);
    } catch (error) {
      await guard.close();
      throw error;
    }
  }

  private constructor(guard: Guard, guarded: Guarded) {
    this.#guard = guard;
    this.#guarded = guarded;
    this.url = String(this.lines.at(-1)?.url);
  }

  /** Where it keeps what is left. */
  get directory(): string {
    return this.#guard.directory;
  }

  /** Its log, which must be JSON to the last line. */
  get lines(): LogLine[] {
    const lines = this.#guarded.output.trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line));
  }

  get ended(): Promise<Ended> {
    return this.#guarded.ended;
  }

  signal(signal: NodeJS.Signals): void {
    this.#guarded.signal(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#guard.close();
  }
}

/** Whatever the environment of this process says of databases. */
function environmentOf(environment: Environment): string {
  const none = { DATABASE_URL: '', REDIS_URL: '', QUEUE_TOKEN: '' };
  const values = JSON.stringify({ ...none, PORT: '0', ...environment });
  const code = `Object.assign(process.env, ${values})`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
