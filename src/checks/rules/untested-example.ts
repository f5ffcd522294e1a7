import path from 'node:path/posix';
import ts from 'typescript';
import { programOf } from '../../snippets/recorded-output.ts';
import type { Rule } from '../rule.ts';

type Examples = ReadonlyMap<string, string>;

/** What a page shows is run by a test, or was printed by what is. */
export const untestedExample: Rule = ({ fences, examples }) => {
  const tests = new Map([...examples].filter(([example]) => isTest(example)));
  const tested = reachedFrom([...tests.keys()], examples);
  const reported = new Set<string>();
  return fences.flatMap(({ page, line, fence }) => {
    if (fence.kind === 'inline' || !examples.has(fence.example)) return [];
    if (reported.has(fence.example)) return [];
    reported.add(fence.example);
    const { example, language } = fence;
    const place = { file: page.file, line };
    if (language.tested && !tested.has(example)) {
      return [
        {
          ...place,
          message: `no test imports ${example}, directly or through others`,
          mend: 'write a test of it, named *.test.ts, beside it',
        },
      ];
    }
    if (programOf(example) !== undefined && !isRecorded(example, tests)) {
      return [
        {
          ...place,
          message: `no test records ${example}`,
          mend: `compare what the example prints with toMatchFileSnapshot('./${path.basename(example)}') in a test beside it`,
        },
      ];
    }
    return [];
  });
};

function isTest(example: string): boolean {
  return /\.test\.tsx?$/.test(example);
}

/** By a test beside it that names it, or by one that records all outputs. */
function isRecorded(output: string, tests: Examples): boolean {
  const { dir, base } = path.parse(output);
  return [...tests].some(
    ([test, text]) =>
      (path.dirname(test) === dir && text.includes(base)) ||
      /\$\{[^}]+\}\.out\.txt/.test(text),
  );
}

function reachedFrom(starts: readonly string[], examples: Examples) {
  const reached = new Set(starts);
  // A set that grows while it is walked is walked to its end.
  for (const example of reached) {
    const { importedFiles } = ts.preProcessFile(examples.get(example) ?? '');
    for (const { fileName } of importedFiles) {
      if (!fileName.startsWith('.')) continue;
      reached.add(path.join(path.dirname(example), fileName));
    }
  }
  return reached;
}
