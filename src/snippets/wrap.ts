/** Text broken into lines by its width on the screen, in any of our languages. */
import stringWidth from 'string-width';

/** In columns of a fixed-width font: Japanese characters take two. */
export function displayWidth(text: string): number {
  return stringWidth(text);
}

/**
 * Breaks each line that is wider than `width`. Code blocks stay as they are, and
 * a list item hangs from its bullet.
 */
export function wrap(text: string, width: number): string[] {
  let isCode = false;
  return text.split('\n').flatMap((line) => {
    const isFence = line.trimStart().startsWith('```');
    if (isFence) isCode = !isCode;
    if (isCode || isFence) return [line];
    const bullet = /^(?:[-*]|\d+\.) /.exec(line)?.[0] ?? '';
    return fill(
      unbreakables(line.slice(bullet.length)),
      width - bullet.length,
    ).map(
      (part, index) =>
        (index === 0 ? bullet : ' '.repeat(bullet.length)) + part,
    );
  });
}

interface Unbreakable {
  readonly text: string;
  readonly spaced: boolean;
}

function fill(parts: readonly Unbreakable[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const { text, spaced } of parts) {
    const extended = line + (spaced && line !== '' ? ' ' : '') + text;
    if (line === '' || displayWidth(extended) <= width) {
      line = extended;
    } else {
      lines.push(line);
      line = text;
    }
  }
  return [...lines, line];
}

const words = new Intl.Segmenter('ja', { granularity: 'word' });

function unbreakables(text: string): Unbreakable[] {
  const parts: Unbreakable[] = [];
  let spaced = false;
  for (const { segment } of words.segment(text)) {
    if (segment.trim() === '') {
      spaced = true;
      continue;
    }
    const last = parts.at(-1);
    if (last !== undefined && !spaced && !mayBreak(last.text, segment)) {
      parts[parts.length - 1] = { ...last, text: last.text + segment };
    } else {
      parts.push({ text: segment, spaced });
    }
    spaced = false;
  }
  return parts;
}

/**
 * Japanese breaks without a space, but neither around brackets and punctuation
 * nor before kana, which belong to the word that they follow.
 */
function mayBreak(before: string, after: string): boolean {
  const isJapanese = endsJapanese.test(before) || beginsJapanese.test(after);
  const beginsPhrase = !beginsKana.test(after) || endsPhrase.test(before);
  return (
    isJapanese &&
    beginsPhrase &&
    !cannotBegin.test(after) &&
    !cannotEnd.test(before)
  );
}

const japanese = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u3000-\u303f\uff00-\uffef]`;
const beginsJapanese = new RegExp(`^${japanese}`, 'u');
const endsJapanese = new RegExp(`${japanese}$`, 'u');
const beginsKana = /^[\p{sc=Hira}ー]/u;
const endsPhrase = /[\p{Pe}\p{Po}]$/u;
const cannotBegin = /^[\p{Pe}\p{Pf}\p{Po}ー〜～ァィゥェォッャュョヮヵヶ々]/u;
const cannotEnd = /[\p{Ps}\p{Pi}]$/u;
