/** Where the parts of a sequence diagram stand: time runs downwards. */
import type { Box, Point } from '../geometry.ts';
import type {
  Lines,
  Message,
  Note,
  Participant,
  Sequence,
  SequenceEvent,
} from '../model.ts';
import {
  beside,
  columnsOf,
  loopWidth,
  sizeOfNote,
  sizeOfParticipant,
} from './columns.ts';
import { type Frame, guardHeight, OpenFrame } from './frame.ts';
import { type PlacedText, sizeOfLines } from './text.ts';

export interface PlacedSequence {
  /** Around all of it. */
  readonly box: Box;
  readonly participants: readonly PlacedParticipant[];
  /** On the lifelines, where they are active. */
  readonly bars: readonly Box[];
  readonly frames: readonly Frame[];
  readonly messages: readonly PlacedMessage[];
  readonly notes: readonly PlacedText[];
}

export interface PlacedParticipant {
  readonly participant: Participant;
  readonly box: Box;
  readonly endOfLife: Point;
}

export interface PlacedMessage extends PlacedText {
  readonly message: Message;
  readonly points: readonly Point[];
}

export function layOutSequence(sequence: Sequence): PlacedSequence {
  const timeline = new Timeline(columnsOf(sequence));
  for (const [index, event] of sequence.events.entries()) {
    timeline.place(event, sequence.events[index + 1]);
  }
  return timeline.end(sequence.participants);
}

/** Above and below what happens. */
const gap = 10;
const loopHeight = 22;
/** Half the width of the bar on a lifeline that is active. */
const barHalf = 5;

/** Takes the events in their order, and moves downwards as it places them. */
class Timeline {
  readonly #columns: ReadonlyMap<string, number>;
  readonly #bars: Box[] = [];
  readonly #frames: Frame[] = [];
  readonly #messages: PlacedMessage[] = [];
  readonly #notes: PlacedText[] = [];
  readonly #openFrames: OpenFrame[] = [];
  /** Where the open bars of each participant begin, the outermost first. */
  readonly #openBars = new Map<string, readonly number[]>();
  /** The height down to which things are placed. */
  #y = 0;
  /** The height of what happened last, where bars begin and end. */
  #now = 0;

  constructor(columns: ReadonlyMap<string, number>) {
    this.#columns = columns;
  }

  place(event: SequenceEvent, next: SequenceEvent | undefined): void {
    switch (event.type) {
      case 'message':
        if (event.from === event.to) this.#placeLoop(event);
        else this.#placeMessage(event, next);
        break;
      case 'note':
        this.#placeNote(event);
        break;
      case 'activate':
        this.#openBars.set(event.id, [...this.#barsOf(event.id), this.#now]);
        break;
      case 'deactivate':
        this.#closeBar(event.id, this.#now);
        break;
      case 'block':
        this.#y += gap;
        this.#openFrames.push(new OpenFrame(event, this.#y));
        this.#y += guardHeight;
        break;
      case 'divider':
        this.#divideFrame(event.label);
        break;
      case 'end':
        this.#closeFrame();
        break;
    }
  }

  end(participants: readonly Participant[]): PlacedSequence {
    this.#y += gap;
    for (const [id, bars] of this.#openBars) {
      for (const _ of bars) this.#closeBar(id, this.#y);
    }
    const height = Math.max(
      ...participants.map(
        (participant) => sizeOfParticipant(participant).height,
      ),
    );
    const placed = participants.map((participant): PlacedParticipant => {
      const { width } = sizeOfParticipant(participant);
      const x = this.#column(participant.id);
      return {
        participant,
        box: { x: x - width / 2, y: -height, width, height },
        endOfLife: { x, y: this.#y },
      };
    });
    return {
      box: around([
        ...placed.map(({ box }) => ({ ...box, height: height + this.#y })),
        ...[...this.#frames, ...this.#messages, ...this.#notes].map(
          ({ box }) => box,
        ),
      ]),
      participants: placed,
      bars: this.#bars,
      frames: this.#frames,
      messages: this.#messages,
      notes: this.#notes,
    };
  }

  #placeMessage(message: Message, next: SequenceEvent | undefined): void {
    const { from, to, label } = message;
    const direction = Math.sign(this.#column(to) - this.#column(from));
    const opensBar = next?.type === 'activate' && next.id === to;
    const start = this.#edgeOf(from, direction);
    const end = this.#edgeOf(to, -direction, opensBar ? 1 : 0);
    const { width, height } = sizeOfLines(label, 'beside');
    const top = this.#y + gap;
    this.#now = top + height + 4;
    this.#y = this.#now + gap / 2;
    this.#messages.push({
      message,
      points: [
        { x: start, y: this.#now },
        { x: end, y: this.#now },
      ],
      lines: label,
      box: { x: (start + end - width) / 2, y: top, width, height },
    });
    const [left, right] = start < end ? [start, end] : [end, start];
    this.#widenFrame(left - beside, right + beside);
  }

  /** A message to oneself. */
  #placeLoop(message: Message): void {
    const left = this.#edgeOf(message.from, 1);
    const right = left + loopWidth;
    const { width, height } = sizeOfLines(message.label, 'beside');
    const box = {
      x: right + beside / 2,
      y: this.#y + gap,
      width,
      height: Math.max(loopHeight, height),
    };
    const top = box.y + (box.height - loopHeight) / 2;
    this.#now = top + loopHeight;
    this.#y = box.y + box.height + gap / 2;
    this.#messages.push({
      message,
      points: [
        { x: left, y: top },
        { x: right, y: top },
        { x: right, y: this.#now },
        { x: left, y: this.#now },
      ],
      lines: message.label,
      box,
    });
    this.#widenFrame(left - 2 * beside, box.x + width + beside);
  }

  #placeNote(note: Note): void {
    const columns = note.participants.map((id) => this.#column(id));
    const left = Math.min(...columns);
    const right = Math.max(...columns);
    const size = sizeOfNote(note);
    const span = left < right ? right - left + 4 * beside : 0;
    const width = Math.max(size.width, note.side === 'over' ? span : 0);
    const x = {
      left: left - beside - width,
      right: right + beside,
      over: (left + right - width) / 2,
    }[note.side];
    const box = { x, y: this.#y + gap, width, height: size.height };
    this.#notes.push({ lines: note.label, box });
    this.#now = box.y + box.height;
    this.#y = this.#now + gap / 2;
    this.#widenFrame(
      Math.min(x, left - beside),
      Math.max(x + width, right + beside),
    );
  }

  #divideFrame(label: Lines): void {
    this.#y += gap;
    this.#openFrames.at(-1)?.divide(this.#y, label);
    this.#y += label.length > 0 ? guardHeight : 0;
  }

  #closeFrame(): void {
    const open = this.#openFrames.pop();
    if (open === undefined) return;
    this.#y += gap;
    const frame = open.close(this.#y);
    this.#frames.push(frame);
    const { x, width } = frame.box;
    this.#widenFrame(x - gap, x + width + gap);
  }

  #widenFrame(left: number, right: number): void {
    this.#openFrames.at(-1)?.widen(left, right);
  }

  #closeBar(id: string, bottom: number): void {
    const bars = this.#barsOf(id);
    const top = bars.at(-1);
    if (top === undefined) return;
    this.#openBars.set(id, bars.slice(0, -1));
    this.#bars.push({
      x: this.#column(id) + (bars.length - 2) * barHalf,
      y: top,
      width: 2 * barHalf,
      height: bottom - top,
    });
  }

  /** Where a lifeline ends on one side, its bars included. */
  #edgeOf(id: string, side: number, opening = 0): number {
    const bars = this.#barsOf(id).length + opening;
    if (bars === 0) return this.#column(id);
    return this.#column(id) + (side > 0 ? bars : -1) * barHalf;
  }

  #barsOf(id: string): readonly number[] {
    return this.#openBars.get(id) ?? [];
  }

  #column(id: string): number {
    return this.#columns.get(id) ?? 0;
  }
}

function around(boxes: readonly Box[]): Box {
  const margin = 8;
  const x = Math.min(...boxes.map((box) => box.x)) - margin;
  const y = Math.min(...boxes.map((box) => box.y)) - margin;
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin;
  return { x, y, width: right - x, height: bottom - y };
}
