/** The frames of `loop`, `alt` and the like in a sequence diagram. */
import type { Box, Point } from '../geometry.ts';
import type { BlockStart, Lines } from '../model.ts';
import { type PlacedText, sizeOfLines } from './text.ts';

export interface Frame {
  readonly box: Box;
  /** In its corner. */
  readonly keyword: PlacedText;
  /** Beside the keyword, and below each divider. */
  readonly guards: readonly PlacedText[];
  /** The heights at which its parts are divided. */
  readonly dividers: readonly number[];
}

/** How much height a keyword or a guard takes. */
export const guardHeight = 20;

/** A frame whose end has not come yet. */
export class OpenFrame {
  readonly #start: BlockStart;
  readonly #top: number;
  readonly #dividers: { readonly y: number; readonly label: Lines }[] = [];
  #left = Number.POSITIVE_INFINITY;
  #right = Number.NEGATIVE_INFINITY;

  constructor(start: BlockStart, top: number) {
    this.#start = start;
    this.#top = top;
  }

  widen(left: number, right: number): void {
    this.#left = Math.min(this.#left, left);
    this.#right = Math.max(this.#right, right);
  }

  divide(y: number, label: Lines): void {
    this.#dividers.push({ y, label });
  }

  close(bottom: number): Frame {
    const left = this.#left;
    const top = this.#top;
    const keyword = [this.#start.keyword];
    const keywordWidth = sizeOfLines(keyword, 'small').width + 14;
    const guards = [
      { x: left + keywordWidth, y: top, label: this.#start.label },
      ...this.#dividers.map(({ y, label }) => ({ x: left, y, label })),
    ]
      .filter(({ label }) => label.length > 0)
      .map(({ x, y, label }) => placeGuard({ x: x + 8, y }, label));
    const ends = guards.map(({ box }) => box.x + box.width + 8);
    const right = Math.max(this.#right, left + keywordWidth, ...ends);
    return {
      box: { x: left, y: top, width: right - left, height: bottom - top },
      keyword: {
        lines: keyword,
        box: { x: left, y: top, width: keywordWidth, height: guardHeight },
      },
      guards,
      dividers: this.#dividers.map(({ y }) => y),
    };
  }
}

/** The condition of a part of a frame, in brackets, as UML has it. */
function placeGuard(corner: Point, label: Lines): PlacedText {
  const lines = [`[${label.join(' ')}]`];
  const { width } = sizeOfLines(lines, 'beside');
  return { lines, box: { ...corner, width, height: guardHeight } };
}
