/** A file of Docusaurus messages: `{ "id": { "message": "…" } }`. */
import fs from 'node:fs';
import path from 'node:path';

export interface Message {
  readonly message: string;
  readonly line: number;
}

/** Empty where there is no such file. `file` is relative to the site. */
export function readMessages(
  siteDir: string,
  file: string,
): ReadonlyMap<string, Message> {
  const absolute = path.join(siteDir, file);
  if (!fs.existsSync(absolute)) return new Map();
  const text = fs.readFileSync(absolute, 'utf8');
  const lines = text.split('\n');
  const entries = Object.entries(parse(file, text));
  return new Map(
    entries.map(([id, entry]) => {
      if (!isMessage(entry)) {
        throw new Error(
          `${file}: expected "${id}": { "message": "…" }, and found ${JSON.stringify(entry)}`,
        );
      }
      const key = `${JSON.stringify(id)}:`;
      const line = lines.findIndex((text) => text.trim().startsWith(key)) + 1;
      return [id, { message: entry.message, line: line || 1 }];
    }),
  );
}

function parse(file: string, text: string): object {
  const content = parseJson(file, text);
  if (typeof content === 'object' && content !== null) return content;
  throw new Error(`${file}: expected { "id": { "message": "…" } }`);
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON`, { cause: error });
  }
}

function isMessage(entry: unknown): entry is { readonly message: string } {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    'message' in entry &&
    typeof entry.message === 'string'
  );
}
