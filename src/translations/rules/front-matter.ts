import type { Manuscript } from '../corpus.ts';
import { frontMatterLine } from '../prose.ts';
import type { PageRule, Problem } from '../rule.ts';
import { textualKeys } from '../source-hash.ts';

/** Title and description are translated; what is no text stays the same. */
export const frontMatter: PageRule = (pair) => [
  ...untranslated(pair),
  ...different(pair),
];

const untranslated: PageRule = ({ source, translation }) =>
  textualKeys.flatMap((key): Problem[] => {
    const english = source.frontMatter[key];
    const ours = translation.frontMatter[key];
    if (english === undefined && ours === undefined) return [];
    const line = frontMatterLine(translation, key);
    const mend = `write \`${key}: …\` between the lines of \`---\` at the top, in the page's language`;
    if (typeof ours !== 'string' || ours.trim() === '') {
      return [
        { line, message: `lacks the \`${key}\` of ${source.file}`, mend },
      ];
    }
    return ours === english
      ? [{ line, message: `has the English \`${key}\`: ${ours}`, mend }]
      : [];
  });

const different: PageRule = ({ source, translation }) => {
  const keys = new Set([
    ...Object.keys(source.frontMatter),
    ...Object.keys(translation.frontMatter),
  ]);
  return [...keys]
    .filter((key) => !ownKeys.has(key))
    .filter((key) => shown(source, key) !== shown(translation, key))
    .map((key) => ({
      line: frontMatterLine(translation, key),
      message: `has ${shown(translation, key)}, where ${source.file} has ${shown(source, key)}`,
      mend: `use what ${source.file} has`,
    }));
};

/** The keys whose values differ from one language to the next. */
const ownKeys: ReadonlySet<string> = new Set([
  ...textualKeys,
  'keywords',
  'sourceHash',
]);

function shown({ frontMatter }: Manuscript, key: string): string {
  return key in frontMatter
    ? `\`${key}: ${JSON.stringify(frontMatter[key])}\``
    : `no \`${key}\``;
}
