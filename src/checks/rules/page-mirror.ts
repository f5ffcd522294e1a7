import path from 'node:path/posix';
import { pageFile } from '../../mdx/page.ts';
import { examplesFolder, sourceLocale } from '../../site.ts';
import type { Problem, Rule } from '../rule.ts';
import type { Sources } from '../sources.ts';

/** A page and its code bear the same path, so that one leads to the other. */
export const pageMirror: Rule = (sources) => [
  ...examplesWithoutPage(sources),
  ...pagesWithoutExamples(sources),
];

/** Files that tell a story, which a page must tell. */
const storyFiles = new Set(['before.ts', 'after.ts', 'broken.ts', 'fixed.ts']);

/** Sections whose pages are about code of their own. */
const sectionsWithCode = [
  'strategies',
  'write-behind',
  'pitfalls',
  'production',
];

function examplesWithoutPage({ pages, examples }: Sources): Problem[] {
  const ids = new Set(pages.map(({ id }) => id));
  const folders = new Set(
    [...examples.keys()]
      .filter((example) => storyFiles.has(path.basename(example)))
      .map((example) => path.dirname(example)),
  );
  return [...folders]
    .filter((folder) => !ids.has(folder))
    .map((folder) => ({
      file: `${examplesFolder}/${folder}`,
      line: 1,
      message: 'the examples have no page of the same path',
      mend: `write ${pageFile(sourceLocale, folder)}, or move the examples to where their page is`,
    }));
}

function pagesWithoutExamples({ fences, examples }: Sources): Problem[] {
  const showing = new Set(
    fences
      .filter(({ fence }) => fence.kind === 'example')
      .map(({ page }) => page),
  );
  return [...showing]
    .filter(({ id }) =>
      sectionsWithCode.some((section) => id.startsWith(`${section}/`)),
    )
    .filter(
      ({ id }) =>
        ![...examples.keys()].some((example) => example.startsWith(`${id}/`)),
    )
    .map(({ id, file }) => ({
      file,
      line: 1,
      message: `the page shows examples, and has none of its own in ${examplesFolder}/${id}/`,
      mend: `put its examples into ${examplesFolder}/${id}/`,
    }));
}
