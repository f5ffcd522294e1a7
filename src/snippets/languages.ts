/** The languages that fences may be written in. */
import path from 'node:path';

export interface Language {
  readonly name: string;
  /** The name that readers know it by, in any language of theirs. */
  readonly label?: string;
  /** What else a fence may call it. */
  readonly aliases?: readonly string[];
  /** The endings of its files, without the dot. */
  readonly endings?: readonly string[];
  /** A page may only show code in it that is compiled and run. */
  readonly tested?: true;
}

/** What a file or fence is in that says nothing. */
export const plainText: Language = {
  name: 'text',
  aliases: ['txt'],
  endings: ['txt', 'log'],
};

export const languages: readonly Language[] = [
  {
    name: 'ts',
    label: 'TypeScript',
    aliases: ['typescript', 'mts', 'cts'],
    endings: ['ts', 'mts', 'cts'],
    tested: true,
  },
  { name: 'tsx', label: 'TSX', endings: ['tsx'], tested: true },
  {
    name: 'js',
    label: 'JavaScript',
    aliases: ['javascript', 'mjs', 'cjs'],
    endings: ['js', 'mjs', 'cjs'],
    tested: true,
  },
  { name: 'jsx', label: 'JSX', endings: ['jsx'], tested: true },
  { name: 'bash', label: 'Bash', aliases: ['sh', 'shell'], endings: ['sh'] },
  { name: 'diff', label: 'Diff', endings: ['diff', 'patch'] },
  { name: 'http', label: 'HTTP', endings: ['http'] },
  { name: 'json', label: 'JSON', endings: ['json'] },
  { name: 'sql', label: 'SQL', endings: ['sql'] },
  { name: 'yaml', label: 'YAML', aliases: ['yml'], endings: ['yaml', 'yml'] },
  plainText,
];

export function findLanguage(name: string): Language | undefined {
  return languages.find(
    (language) => language.name === name || language.aliases?.includes(name),
  );
}

export function languageOfFile(file: string): Language {
  const ending = path.extname(file).slice(1);
  return (
    languages.find((language) => language.endings?.includes(ending)) ??
    plainText
  );
}
