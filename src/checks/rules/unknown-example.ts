import { unknownExample as message } from '../../snippets/example-files.ts';
import type { Rule } from '../rule.ts';

export const unknownExample: Rule = ({ fences, examples }) =>
  fences.flatMap(({ page, line, fence }) =>
    fence.kind === 'inline' || examples.has(fence.example)
      ? []
      : [
          {
            file: page.file,
            line,
            message: message(fence.example, [...examples.keys()]),
            mend: 'give the path of a file, beginning inside of examples/',
          },
        ],
  );
