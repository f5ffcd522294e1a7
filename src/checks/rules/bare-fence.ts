import { isBare, bareFence as message } from '../../snippets/fence.ts';
import type { Rule } from '../rule.ts';

/** Code that nothing runs is wrong sooner or later, and nobody notices. */
export const bareFence: Rule = ({ fences }) =>
  fences
    .filter(({ fence }) => isBare(fence))
    .map(({ page, line, fence }) => ({
      file: page.file,
      line,
      message: message(fence),
      mend: 'move the code into examples/ with a test, and name it in the fence',
    }));
