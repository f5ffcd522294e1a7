import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const directory = import.meta.dirname;
const file = join(directory, 'wrong-pairs.ts');
const directive = '// @ts-expect-error';

/** What the compiler would say without the comments that expect an error. */
function complaints() {
  const config = ts.readConfigFile(
    join(directory, '../../tsconfig.json'),
    ts.sys.readFile,
  );
  const parsed = ts.parseJsonConfigFileContent(
    config.config,
    ts.sys,
    join(directory, '../..'),
  );
  // Those of Node take most of the time, and say nothing about kinds.
  const options = { ...parsed.options, types: [] };
  const host = ts.createCompilerHost(options);
  const readSource = host.getSourceFile.bind(host);
  const text = (host.readFile(file) ?? '').replaceAll(directive, '//');
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true)
      : readSource(name, ...rest);
  const program = ts.createProgram([file], options, host);
  const lines = text.split('\n');
  const errors = program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ start = 0, code, messageText }) => {
      const line = text.slice(0, start).split('\n').length;
      return { line, code: lines[line - 1]?.trim(), error: code, messageText };
    });
  const marked = lines.flatMap((line, index) =>
    line.trim() === '//' ? [index + 2] : [],
  );
  return { errors, marked };
}

/** The end of the chain, which names what does not fit. */
function reasonOf(message: string | ts.DiagnosticMessageChain): string {
  if (typeof message === 'string') return message;
  const [next] = message.next ?? [];
  return next === undefined ? message.messageText : reasonOf(next);
}

describe('the compiler', () => {
  const { errors, marked } = complaints();

  test('refuses each wrong wiring, and nothing else', () => {
    expect(marked).toHaveLength(13);
    expect(errors.map(({ line }) => line)).toEqual(marked);
  });

  test('names the reason, as recorded', async () => {
    const pairs = errors.slice(0, 5);
    const output = pairs.map(({ code, error, messageText }) => {
      const reason = reasonOf(messageText).replace(' is not', '\n    is not');
      return `${code}\n  TS${error}: ${reason}\n`;
    });
    await expect(output.join('')).toMatchFileSnapshot('wrong-pairs.out.txt');
  });
});
