/** What is checked: the English pages, and the examples that they show. */
import { type Page, readPages } from '../mdx/page.ts';
import { examplesFolder, sourceLocale } from '../site.ts';
import { listExamples, readExample } from '../snippets/example-files.ts';
import {
  type FaultyFence,
  type PageFence,
  readFences,
} from '../snippets/page-fences.ts';
import { RegionError, selectLines } from '../snippets/regions.ts';

export interface Sources {
  readonly pages: readonly Page[];
  readonly fences: readonly ShownFence[];
  readonly faultyFences: readonly FaultyFence[];
  /** The texts of the examples by their paths, sorted. */
  readonly examples: ReadonlyMap<string, string>;
}

/** A fence, and what a reader sees in its place. */
export interface ShownFence extends PageFence {
  /** None where the example or its region is not there. */
  readonly lines: readonly CodeLine[];
  readonly regionError?: RegionError;
}

export interface CodeLine {
  /** Relative to the site: an example, or the page itself. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export async function readSources(siteDir: string): Promise<Sources> {
  const pages = await readPages(siteDir, sourceLocale);
  const examples = listExamples(siteDir).map(
    (example) => [example, readExample(siteDir, example).text] as const,
  );
  return gatherSources(pages, new Map(examples));
}

export function gatherSources(
  pages: readonly Page[],
  examples: ReadonlyMap<string, string>,
): Sources {
  const read = pages.map(readFences);
  return {
    pages,
    fences: read
      .flatMap(({ fences }) => fences)
      .map((fence) => ({ ...fence, ...linesOf(fence, examples) })),
    faultyFences: read.flatMap(({ faults }) => faults),
    examples,
  };
}

function linesOf(
  { page, line, fence }: PageFence,
  examples: ReadonlyMap<string, string>,
): Pick<ShownFence, 'lines' | 'regionError'> {
  if (fence.kind === 'inline') {
    const lines = fence.code.split('\n').map((text, index) => ({
      file: page.file,
      line: line + 1 + index,
      text,
    }));
    return { lines };
  }
  const text = examples.get(fence.example);
  if (text === undefined) return { lines: [] };
  const file = `${examplesFolder}/${fence.example}`;
  try {
    const lines = selectLines({ file, text }, fence).map(
      ({ number, text }) => ({ file, line: number, text }),
    );
    return { lines };
  } catch (error) {
    if (error instanceof RegionError) return { lines: [], regionError: error };
    throw error;
  }
}
