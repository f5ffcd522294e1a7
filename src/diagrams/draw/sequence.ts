import type { Box } from '../geometry.ts';
import { personHeight } from '../layout/columns.ts';
import type { Frame } from '../layout/frame.ts';
import type {
  PlacedMessage,
  PlacedParticipant,
  PlacedSequence,
} from '../layout/sequence.ts';
import type { PlacedText } from '../layout/text.ts';
import { drawEdge } from './edge.ts';
import { element, short } from './svg.ts';
import { drawLines } from './text.ts';

/** The parts of a sequence diagram, from back to front. */
export function drawSequence(placed: PlacedSequence): string {
  return [
    ...placed.participants.map(drawLifeline),
    ...placed.bars.map((bar) => drawBox(bar, 'bar')),
    ...placed.frames.map(drawFrame),
    ...placed.messages.map(drawMessage),
    ...placed.notes.map(drawNote),
    ...placed.participants.map(drawParticipant),
  ].join('');
}

function drawLifeline({ box, endOfLife }: PlacedParticipant): string {
  const top = box.y + box.height;
  return element('path', {
    d: `M${short(endOfLife.x)} ${short(top)}V${short(endOfLife.y)}`,
    class: 'lifeline',
  });
}

function drawParticipant({ participant, box }: PlacedParticipant): string {
  const { label, isPerson } = participant;
  const labelBox = isPerson
    ? { ...box, y: box.y + personHeight, height: box.height - personHeight }
    : box;
  return element(
    'g',
    { class: 'node' },
    isPerson ? drawPerson(box) : drawBox(box),
    drawLines(label, labelBox, 'label'),
  );
}

/** A head over shoulders. */
function drawPerson({ x, y, width }: Box): string {
  const middle = short(x + width / 2);
  return element('path', {
    d: `M${middle} ${short(y + 1)}a6 6 0 1 1 0 12a6 6 0 1 1 0-12zm-13 ${personHeight}a13 11 0 0 1 26 0z`,
  });
}

function drawFrame({ box, keyword, guards, dividers }: Frame): string {
  return element(
    'g',
    { class: 'frame' },
    drawBox(box),
    drawBox(keyword.box, 'keyword'),
    drawLines(keyword.lines, keyword.box, 'small'),
    ...dividers.map((y) =>
      element('path', {
        d: `M${short(box.x)} ${short(y)}h${short(box.width)}`,
        class: 'dashed',
      }),
    ),
    ...guards.map(drawGuard),
  );
}

function drawGuard({ lines, box }: PlacedText): string {
  return drawLines(lines, box, 'beside', 'start');
}

function drawMessage({ message, points, lines, box }: PlacedMessage): string {
  const isLoop = message.from === message.to;
  return (
    drawEdge(points, message) +
    drawLines(lines, box, 'beside', isLoop ? 'start' : 'middle')
  );
}

function drawNote({ lines, box }: PlacedText): string {
  return element(
    'g',
    { class: 'note' },
    drawBox(box),
    drawLines(lines, box, 'small'),
  );
}

function drawBox({ x, y, width, height }: Box, className?: string): string {
  return element('rect', { x, y, width, height, class: className });
}
