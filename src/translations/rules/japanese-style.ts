import { styleRule } from '../style.ts';

const japanese =
  '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー、。（）「」『』]';
const western = '[A-Za-z0-9`"\'()#$%&@]';

/** Words that end in a long vowel, without it. */
const shortened = [
  'サーバ',
  'ユーザ',
  'ブラウザ',
  'コンピュータ',
  'パラメータ',
  'プロセッサ',
  'フォルダ',
  'マネージャ',
  'ヘッダ',
  'コンシューマ',
  'プロデューサ',
  'ハンドラ',
  'スケジューラ',
  'プロバイダ',
  'レイヤ',
  'エディタ',
  'ドライバ',
  'カウンタ',
  'タイマ',
  'リゾルバ',
  'トラッカ',
].join('|');

/** The site writes Japanese in one way, down to its spaces and long vowels. */
export const japaneseStyle = styleRule('ja', [
  {
    broken: new RegExp(`${japanese} +${western}|${western} +${japanese}`, 'gu'),
    fault: 'a space between Japanese and half-width characters',
    mend: 'remove the space',
  },
  {
    broken: new RegExp(`.?${japanese}\\n.{0,2}|.{0,2}\\n${japanese}.?`, 'gu'),
    fault: 'a line break, which readers see as a space',
    mend: 'write the paragraph on one line',
  },
  {
    broken: new RegExp(`(?:${shortened})(?![ァ-ヺー])`, 'gu'),
    fault: 'a word without its long vowel',
    mend: 'end it in ー, as in サーバー and ユーザー',
  },
  {
    broken: /[Ａ-Ｚａ-ｚ０-９]+/gu,
    fault: 'full-width letters or digits',
    mend: 'write them in half width',
  },
  {
    broken: /[｡-ﾟ]+/gu,
    fault: 'half-width kana',
    mend: 'write them in full width',
  },
  {
    broken: new RegExp(`${japanese}[,.;!?](?!\\w)`, 'gu'),
    fault: 'Western punctuation after Japanese',
    mend: 'write 、 。 ！ or ？',
  },
  {
    broken: new RegExp(`${japanese}\\(|\\)${japanese}`, 'gu'),
    fault: 'half-width brackets beside Japanese',
    mend: 'write （ and ）',
  },
  {
    // Polite forms end in ます, です, ました, ません, でしょう or ください.
    broken: /\S{0,8}(?:る|だ|った|ない|(?<![まで])した)。(?!」)/gu,
    fault: 'a sentence that is not in です・ます form',
    mend: 'end it in です or ます',
    onlyInRunningText: true,
  },
]);
