import type { JSX } from 'react';
import { verdictTexts } from '../libraries/feature-texts.ts';
import type { Verdict } from '../libraries/features.ts';

/** A sign for the eye, and the word that it stands for. */
export function LibraryVerdict({ verdict }: { verdict: Verdict }): JSX.Element {
  return (
    <span className={`libraries__verdict libraries__${verdict}`}>
      <span aria-hidden="true">{signs[verdict]}</span> {verdictTexts()[verdict]}
    </span>
  );
}

const signs: Readonly<Record<Verdict, string>> = {
  yes: '●',
  part: '◐',
  no: '○',
  needless: '–',
  unverified: '?',
};
