/** The fences of a page, and what they show of the examples. */
import type { Code } from 'mdast';
import { visitParents } from 'unist-util-visit-parents';
import { lineOf, type Page } from '../mdx/page.ts';
import { type Fence, FenceError, isDiagram, readFence } from './fence.ts';

export interface PageFence {
  readonly page: Page;
  readonly line: number;
  readonly fence: Fence;
  /** It stands beside another one, and has half of the width. */
  readonly sideBySide: boolean;
}

/** A fence that cannot be understood, and why. */
export interface FaultyFence {
  readonly page: Page;
  readonly line: number;
  readonly problem: string;
}

/** The components that show two snippets side by side. */
const pairs: readonly string[] = ['BeforeAfter', 'BrokenFixed'];

export interface PageFences {
  readonly fences: readonly PageFence[];
  readonly faults: readonly FaultyFence[];
}

export function readFences(page: Page): PageFences {
  const fences: PageFence[] = [];
  const faults: FaultyFence[] = [];
  visitParents(page.tree, 'code', (node: Code, ancestors) => {
    if (isDiagram(node)) return;
    const line = lineOf(node);
    const sideBySide = ancestors.some(
      (ancestor) =>
        ancestor.type === 'mdxJsxFlowElement' &&
        pairs.includes(ancestor.name ?? ''),
    );
    try {
      fences.push({ page, line, fence: readFence(node), sideBySide });
    } catch (error) {
      if (!(error instanceof FenceError)) throw error;
      faults.push({ page, line, problem: error.message });
    }
  });
  return { fences, faults };
}

/** Like `readFences`, where a page must be right to go on. */
export function fencesOf(page: Page): readonly PageFence[] {
  const { fences, faults } = readFences(page);
  const [fault] = faults;
  if (fault === undefined) return fences;
  throw new FenceError(`${page.file}:${fault.line}: ${fault.problem}`);
}
