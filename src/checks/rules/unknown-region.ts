import { examplesFolder } from '../../site.ts';
import { parseRegions, RegionError } from '../../snippets/regions.ts';
import type { Rule } from '../rule.ts';

/** Regions that are marked wrongly, or that a fence names in vain. */
export const unknownRegion: Rule = ({ fences, examples }) => {
  const wronglyMarked = [...examples].flatMap(([example, text]) =>
    markingError(`${examplesFolder}/${example}`, text),
  );
  const reported = new Set(wronglyMarked.map(({ message }) => message));
  const namedInVain = fences.flatMap(({ page, line, regionError }) =>
    regionError === undefined || reported.has(regionError.message)
      ? []
      : [{ page, line, regionError }],
  );
  return [
    ...wronglyMarked.map(({ file, line, problem }) => ({
      file,
      line,
      message: problem,
      mend: 'mark a region by `// #region name` and `// #endregion name`, each alone on its line',
    })),
    ...namedInVain.map(({ page, line, regionError }) => ({
      file: page.file,
      line,
      message: regionError.message,
      mend: 'name a region that the example has, or mark one in it',
    })),
  ];
};

function markingError(file: string, text: string): RegionError[] {
  try {
    parseRegions({ file, text });
    return [];
  } catch (error) {
    if (error instanceof RegionError) return [error];
    throw error;
  }
}
