/** What a reader sees who types commands against the running application. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RunningApp } from './running-app.ts';

/** Where the commands expect the application. */
const address = 'localhost:3000';
const widest = 80;
const run = promisify(execFile);

export class CurlSession {
  readonly #app: RunningApp;
  #lines: string[] = [];

  constructor(app: RunningApp) {
    this.#app = app;
  }

  /** A comment between the commands, such as on time that passes. */
  note(text: string): void {
    this.#lines.push(`# ${text}`, '');
  }

  /** Runs the command in a shell, and returns what it printed. */
  async type(command: string): Promise<string> {
    const actual = command.replaceAll(address, `127.0.0.1:${this.#app.port}`);
    const { stdout } = await run('bash', ['-c', actual]);
    const [first = '', ...others] = command.split('\n');
    this.#lines.push(`$ ${first}`, ...others.map((line) => `  ${line}`));
    this.#lines.push(...shown(stdout), '');
    return stdout;
  }

  /** All of it, with `<varies>` for whatever is never the same twice. */
  get text(): string {
    return `${this.#lines.join('\n').trimEnd()}\n`;
  }
}

function shown(output: string): string[] {
  return output
    .replaceAll('\r', '')
    .trimEnd()
    .split('\n')
    .flatMap(broken)
    .map((line) =>
      line
        .replace(/("latencyMs": ?)[\d.]+/, '$1<varies>')
        .replace(/(Retry-After: )\d+/i, '$1<varies>'),
    );
}

/** Long answers are set in lines. */
function broken(line: string): string[] {
  if (line.length <= widest || !line.startsWith('{')) return [line];
  return setInLines(JSON.parse(line), '').split('\n');
}

/** What fits in a line is one. */
function setInLines(value: unknown, indent: string, name = ''): string {
  const short = `${indent}${name}${spaced(value)}`;
  // A comma may follow.
  if (short.length < widest && indent !== '') return short;
  if (typeof value !== 'object' || value === null) return short;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Object.entries(value).map(([key, part]) =>
    setInLines(
      part,
      `${indent}  `,
      Array.isArray(value) ? '' : `${JSON.stringify(key)}: `,
    ),
  );
  return [
    `${indent}${name}${open}`,
    parts.join(',\n'),
    `${indent}${close}`,
  ].join('\n');
}

function spaced(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  const parts = Object.entries(value).map(
    ([key, part]) => `${JSON.stringify(key)}: ${spaced(part)}`,
  );
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}
