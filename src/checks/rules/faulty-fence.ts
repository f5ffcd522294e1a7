import type { Rule } from '../rule.ts';

/** A fence that cannot be understood fails the build of the site, too. */
export const faultyFence: Rule = ({ faultyFences }) =>
  faultyFences.map(({ page, line, problem }) => ({
    file: page.file,
    line,
    message: problem,
    mend: 'write the fence as docs/contribute/examples.mdx explains',
  }));
