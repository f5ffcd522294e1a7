/** Where the lifelines of a sequence diagram stand. */
import type { Size } from '../geometry.ts';
import type { Note, Participant, Sequence, SequenceEvent } from '../model.ts';
import { sizeOfLines } from './text.ts';

/** How far apart two lifelines have to be, by their places in the row. */
interface Distance {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** How far a message to oneself reaches to the right. */
export const loopWidth = 30;
/** Between a lifeline and what stands beside it. */
export const beside = 12;

/** The middle of each participant, near enough to one another and no nearer. */
export function columnsOf(sequence: Sequence): ReadonlyMap<string, number> {
  const ids = sequence.participants.map(({ id }) => id);
  const placeOf = new Map(ids.map((id, index) => [id, index]));
  const place = (id: string) => placeOf.get(id) ?? 0;
  const distances = [
    ...distancesOfParticipants(sequence),
    ...sequence.events.flatMap((event) => distancesOfEvent(event, place)),
  ];
  const columns: number[] = [];
  for (const to of ids.keys()) {
    columns.push(
      Math.max(
        0,
        ...distances
          .filter((distance) => distance.to === to)
          .map(({ from, width }) => (columns[from] ?? 0) + width),
      ),
    );
  }
  return new Map(ids.map((id, index) => [id, columns[index] ?? 0]));
}

function distancesOfParticipants({ participants }: Sequence): Distance[] {
  const widths = participants.map((one) => sizeOfParticipant(one).width);
  return widths.slice(1).map((width, from) => ({
    from,
    to: from + 1,
    width: ((widths[from] ?? 0) + width) / 2 + 2 * beside,
  }));
}

function distancesOfEvent(
  event: SequenceEvent,
  place: (id: string) => number,
): Distance[] {
  if (event.type === 'note') return distancesOfNote(event, place);
  if (event.type !== 'message') return [];
  const { width } = sizeOfLines(event.label, 'beside');
  const [from, to] = inOrder(place(event.from), place(event.to));
  return from === to
    ? [{ from, to: to + 1, width: loopWidth + width + 3 * beside }]
    : [{ from, to, width: width + 3 * beside }];
}

function distancesOfNote(
  note: Note,
  place: (id: string) => number,
): Distance[] {
  const { width } = sizeOfNote(note);
  const [one, other = one] = note.participants;
  const [first, last] = inOrder(place(one), place(other));
  switch (note.side) {
    case 'left':
      return [{ from: first - 1, to: first, width: width + 2 * beside }];
    case 'right':
      return [{ from: first, to: first + 1, width: width + 2 * beside }];
    case 'over':
      return first === last
        ? [
            { from: first - 1, to: first, width: width / 2 + beside },
            { from: first, to: first + 1, width: width / 2 + beside },
          ]
        : [{ from: first, to: last, width: width - 4 * beside }];
  }
}

export function sizeOfParticipant({ label, isPerson }: Participant): Size {
  const { width, height } = sizeOfLines(label, 'label');
  return {
    width: Math.max(70, width + 28),
    height: height + 18 + (isPerson ? personHeight : 0),
  };
}

/** The figure above the label of a person. */
export const personHeight = 26;

export function sizeOfNote({ label }: Note): Size {
  const { width, height } = sizeOfLines(label, 'small');
  return { width: width + 20, height: height + 12 };
}

function inOrder(one: number, other: number): [number, number] {
  return one < other ? [one, other] : [other, one];
}
