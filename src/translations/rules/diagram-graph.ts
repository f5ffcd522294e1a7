import { compareItems, type Item } from '../comparison.ts';
import type { Pair } from '../corpus.ts';
import type { Diagram } from '../diagrams.ts';
import { plural } from '../report.ts';
import type { PageRule, Problem } from '../rule.ts';

/** A diagram shows the same things; only the words on it are translated. */
export const diagramGraph: PageRule = (pair) => {
  const { source, translation } = pair;
  const [expected, found] = [source.diagrams, translation.diagrams];
  if (expected.length !== found.length) {
    return [
      {
        line: found.at(-1)?.line ?? 1,
        message: `has ${plural(found.length, 'diagram')}, where ${source.file} has ${expected.length}`,
        mend: 'keep the diagrams and their order',
      },
    ];
  }
  return found.flatMap((diagram, index) => {
    const original = expected[index];
    return original === undefined ? [] : different(pair, original, diagram);
  });
};

function different(pair: Pair, original: Diagram, ours: Diagram): Problem[] {
  const { line } = ours;
  if (ours.error !== undefined) {
    return [
      {
        line,
        message: `has a diagram that cannot be read: ${ours.error}`,
        mend: 'copy the diagram from the English page, and translate its labels again',
      },
    ];
  }
  // An unreadable original fails the checks of the English pages.
  if (original.error !== undefined) return [];
  return compareItems(pair, partsOf(original), partsOf(ours), {
    noun: 'part of a diagram',
    mend: 'keep the nodes, ids and arrows of the diagram; translate its labels, `accTitle` and `accDescr`',
  }).map((problem) => ({ ...problem, line }));
}

function partsOf({ structure, line }: Diagram): Item[] {
  return structure.map((text) => ({ text, line }));
}
