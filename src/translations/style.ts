/** The customs of a language, which its pages keep to everywhere. */
import type { TranslatedLocale } from '../site.ts';
import { findIn } from './prose.ts';
import type { PageRule } from './rule.ts';

export interface Custom {
  /** What goes against it; with the flag `g`. */
  readonly broken: RegExp;
  /** What is wrong with what was found. */
  readonly fault: string;
  readonly mend: string;
  /** Lists and tables may be terse. */
  readonly onlyInRunningText?: true;
}

export function styleRule(
  locale: TranslatedLocale,
  customs: readonly Custom[],
): PageRule {
  return ({ translation }) =>
    translation.locale !== locale
      ? []
      : translation.prose.flatMap((passage) =>
          customs
            .filter(
              ({ onlyInRunningText }) =>
                !onlyInRunningText || passage.isRunningText,
            )
            .flatMap(({ broken, fault, mend }) =>
              findIn(passage, broken).map(({ text, line }) => ({
                line,
                message: `has ${fault}: ${text.trim().replaceAll('\n', '⏎')}`,
                mend,
              })),
            ),
        );
}
