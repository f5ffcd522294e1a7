/**
 * How much room text takes, without a browser. The reader's font is unknown:
 * the widths are those of wide system fonts, so that text fits in all of them.
 */
import type { Box, Size } from '../geometry.ts';
import type { Lines, Row, Section, TextStyle } from '../model.ts';

export interface PlacedText {
  readonly lines: Lines;
  readonly box: Box;
}

interface Font {
  readonly size: number;
  readonly isMono?: true;
  readonly isBold?: true;
}

export const fonts: Readonly<Record<TextStyle, Font>> = {
  label: { size: 14 },
  name: { size: 14, isBold: true },
  small: { size: 12.5 },
  beside: { size: 12.5 },
  member: { size: 12.5, isMono: true },
  abstract: { size: 12.5, isMono: true },
  static: { size: 12.5, isMono: true },
};

export const lineHeight = 1.35;

export function sizeOfLines(lines: Lines, style: TextStyle): Size {
  const font = fonts[style];
  return {
    width: Math.max(0, ...lines.map((line) => widthOf(line, font))),
    height: lines.length * font.size * lineHeight,
  };
}

/** The width of each column of a section. */
export function columnsOf(section: Section): number[] {
  const count = Math.max(0, ...section.map(({ cells }) => cells.length));
  return Array.from({ length: count }, (_, column) =>
    Math.max(
      ...section.map(({ cells, style }) =>
        widthOf(cells[column] ?? '', fonts[style]),
      ),
    ),
  );
}

export const columnGap = 14;

export function sizeOfSection(section: Section): Size {
  const columns = columnsOf(section).filter((width) => width > 0);
  return {
    width:
      columns.reduce((sum, width) => sum + width, 0) +
      columnGap * Math.max(0, columns.length - 1),
    height: section.reduce((sum, row) => sum + heightOfRow(row), 0),
  };
}

export function heightOfRow({ style }: Row): number {
  return fonts[style].size * lineHeight;
}

export function widthOf(text: string, { size, isMono, isBold }: Font): number {
  let width = 0;
  for (const character of text.normalize('NFC')) {
    width += isWide(character) ? 1 : isMono ? 0.61 : latinWidth(character);
  }
  return width * size * (isBold ? 1.07 : 1);
}

/** In em. */
function latinWidth(character: string): number {
  if (/\p{Mark}/u.test(character)) return 0;
  const letter = character.normalize('NFD').charAt(0);
  if (/[ijl.,:;'’|!I]/.test(letter)) return 0.3;
  if (/[ ftr()[\]{}/\\\-"“”·]/.test(letter)) return 0.38;
  if (/[mwMW@%…—→←]/.test(letter)) return 0.92;
  if (/\p{Lu}/u.test(letter)) return 0.7;
  return 0.58;
}

function isWide(character: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb-\u30fe\uff01-\uff60\p{Emoji_Presentation}]/u.test(
    character,
  );
}
