import { narrow, wide } from '../../snippets/widths.ts';
import { displayWidth } from '../../snippets/wrap.ts';
import type { Problem, Rule } from '../rule.ts';

/** Code that must be scrolled sideways is not read. */
export const codeWidth: Rule = ({ fences }) => {
  const problems = new Map<string, Problem>();
  for (const { lines, sideBySide } of fences) {
    const limit = sideBySide ? narrow : wide;
    for (const { file, line, text } of lines) {
      const width = displayWidth(text);
      if (width <= limit) continue;
      problems.set(`${file}:${line}`, {
        file,
        line,
        message: `expected at most ${limit} columns${sideBySide ? ' in code side by side' : ''}, and found ${width}`,
        mend: 'break the line',
      });
    }
  }
  return [...problems.values()];
};
