import { counterpartLine } from '../comparison.ts';
import type { Manuscript, Pair } from '../corpus.ts';
import { formsOf, type Term, glossary as terms } from '../glossary.ts';
import { findIn, lineOfPassage, sourceOf, wordsOf } from '../prose.ts';
import type { PageRule, Problem } from '../rule.ts';

/** A thing has one name on all pages, that of the glossary. */
export const glossary: PageRule = (pair) =>
  terms.flatMap((term) => [...unused(pair, term), ...forbidden(pair, term)]);

function unused({ locale, source, translation }: Pair, term: Term): Problem[] {
  const line = firstUse(source, term);
  const text = translation.prose
    .map(sourceOf)
    .join('\n')
    // A line may end in the middle of a term.
    .replace(/\s+/g, ' ')
    .toLowerCase();
  const { term: ours } = term[locale];
  const isUsed = formsOf(term[locale]).some((form) =>
    text.includes(form.toLowerCase()),
  );
  if (line === undefined || isUsed) return [];
  return [
    {
      line: counterpartLine(source, translation, line),
      message: `never says "${ours}", which is the word for the "${term.en.term}" of ${source.file}:${line}`,
      mend: 'use it, or add your word to its `also` in src/translations/glossary.json',
    },
  ];
}

function firstUse(source: Manuscript, { en }: Term): number | undefined {
  const form = new RegExp(
    `(?<![\\w-])(?:${formsOf(en).map(anyInitial).join('|')})s?(?![\\w-])`,
  );
  const passage = source.prose.find((passage) => form.test(wordsOf(passage)));
  return passage && lineOfPassage(passage);
}

/** A sentence may begin with it; `Dirty Bit` is a name, and no term. */
function anyInitial(form: string): string {
  const [initial = '', rest = ''] = [form.slice(0, 1), form.slice(1)];
  return `[${initial}${initial.toUpperCase()}]${rest}`;
}

function forbidden({ locale, translation }: Pair, term: Term): Problem[] {
  const { never = [], term: ours } = term[locale];
  if (never.length === 0) return [];
  // A right form may be more of a wrong one, as ジッター is of ジッタ.
  const right = formsOf(term[locale])
    .filter((form) => never.some((wrong) => form.startsWith(wrong)))
    .map((form) => `(?!${form})`);
  const wrong = new RegExp(
    `${right.join('')}${wordStart[locale]}(?:${never.join('|')})${wordEnd[locale]}`,
    'giu',
  );
  return translation.prose.flatMap((passage) =>
    findIn(passage, wrong).map(({ text, line }) => ({
      line,
      message: `says "${text}" where the glossary has "${ours}"`,
      mend: `write "${ours}"`,
    })),
  );
}

/** Japanese does not part its words. */
const wordStart = { vi: '(?<!\\p{L})', ja: '' };
const wordEnd = { vi: '(?!\\p{L})', ja: '' };
