import type { Label } from '../labels.ts';
import type { LocaleRule } from '../rule.ts';

/** Every word of the site around its pages is translated. */
export const labels: LocaleRule = ({ labels }) =>
  labels.flatMap((label) => {
    const { file, line } = label;
    const problem = problemOf(label);
    return problem === undefined ? [] : [{ file, line, ...problem }];
  });

export function isTranslated(label: Label): boolean {
  return problemOf(label) === undefined;
}

function problemOf({
  id,
  english,
  translation,
}: Label): { readonly message: string; readonly mend: string } | undefined {
  if (english === undefined) {
    return {
      message: `has the label "${id}", which nothing on the site uses`,
      mend: 'remove it',
    };
  }
  if (!isWords(english)) return undefined;
  if (translation === undefined) {
    return {
      message: `lacks the label "${id}": ${english}`,
      mend: `add ${JSON.stringify(id)}: { "message": "…" }`,
    };
  }
  if (translation === english) {
    return {
      message: `has the label "${id}" in English: ${english}`,
      mend: 'translate its message',
    };
  }
  const [lost] = placeholdersOf(english).filter(
    (placeholder) => !translation.includes(placeholder),
  );
  return lost === undefined
    ? undefined
    : {
        message: `has the label "${id}" without its ${lost}: ${translation}`,
        mend: `put ${lost} where the value belongs, as in: ${english}`,
      };
}

function isWords(english: string): boolean {
  const words = english.replaceAll(/\{\w+\}/g, '');
  return /\p{L}/u.test(words) && !names.has(english);
}

/** What is called the same in every language. */
const names: ReadonlySet<string> = new Set(['Dirty Bit', 'GitHub']);

/** Such as `{count}`. Of several forms, the last is the one for many. */
function placeholdersOf(english: string): string[] {
  return (
    english
      .split('|')
      .at(-1)
      ?.match(/\{\w+\}/g) ?? []
  );
}
