import { escapeText } from '../../html.ts';
import type { Box, Point } from '../geometry.ts';
import { fonts, lineHeight } from '../layout/text.ts';
import type { Lines, TextStyle } from '../model.ts';
import { element } from './svg.ts';

type Anchor = 'start' | 'middle';

/** One line of text; `y` is the middle of the line. */
export function drawLine(
  text: string,
  { x, y }: Point,
  style: TextStyle,
  anchor: Anchor = 'middle',
): string {
  if (text === '') return '';
  return element(
    'text',
    {
      x,
      // Glyphs stand on the baseline, and reach about 0.7 em above it.
      y: y + fonts[style].size * 0.35,
      class:
        [style, anchor === 'start' ? anchor : '']
          .filter((name) => name !== '' && name !== 'label')
          .join(' ') || undefined,
    },
    escapeText(text),
  );
}

/** Lines below one another, in the middle of a box. */
export function drawLines(
  lines: Lines,
  box: Box,
  style: TextStyle,
  anchor: Anchor = 'middle',
): string {
  const step = fonts[style].size * lineHeight;
  const top = box.y + (box.height - step * (lines.length - 1)) / 2;
  const x = anchor === 'middle' ? box.x + box.width / 2 : box.x;
  return lines
    .map((line, index) =>
      drawLine(line, { x, y: top + index * step }, style, anchor),
    )
    .join('');
}
