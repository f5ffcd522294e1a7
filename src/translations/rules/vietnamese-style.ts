import { styleRule } from '../style.ts';

/** The site writes Vietnamese in one way, down to where its tones stand. */
export const vietnameseStyle = styleRule('vi', [
  {
    broken: /\S*\p{L}[\u0300-\u0303\u0306\u0309\u031b\u0323]\S*/gu,
    fault: 'letters whose marks are characters of their own',
    mend: 'save the text in the normal form NFC',
  },
  {
    // `quý` and its like have the tone where it belongs.
    broken: /\p{L}*(?:o[àáảãạèéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?!\p{L})/gu,
    fault: 'a tone on the second vowel',
    mend: 'put it on the first one, as in hóa, khỏe and lũy',
  },
  {
    broken: /\S+ +[,.;:!?](?!\S)/gu,
    fault: 'a space before punctuation',
    mend: 'remove the space',
  },
]);
