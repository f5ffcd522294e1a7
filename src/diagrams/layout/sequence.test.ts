import { describe, expect, test } from 'vitest';
import type { Box } from '../geometry.ts';
import type { Message, Note, Sequence, SequenceEvent } from '../model.ts';
import { layOutSequence } from './sequence.ts';

function message(from: string, to: string, ...label: string[]): Message {
  return {
    type: 'message',
    from,
    to,
    label,
    line: 'solid',
    fromHead: 'none',
    toHead: 'arrow',
  };
}

function note(
  side: Note['side'],
  participants: Note['participants'],
  ...label: string[]
): Note {
  return { type: 'note', side, participants, label };
}

function between(ids: string, ...events: SequenceEvent[]): Sequence {
  const participants = Array.from(ids, (id) => ({
    id,
    label: [id],
    isPerson: false,
  }));
  return { participants, events };
}

function lifelines(placed: ReturnType<typeof layOutSequence>): number[] {
  return placed.participants.map(({ endOfLife }) => endOfLife.x);
}

function contains(outer: Box, inner: Box): boolean {
  return (
    inner.x > outer.x &&
    inner.y > outer.y &&
    inner.x + inner.width < outer.x + outer.width &&
    inner.y + inner.height < outer.y + outer.height
  );
}

const longLabel = 'a label that is longer than the participants are apart';
const activate = (id: string) => ({ type: 'activate', id }) as const;
const deactivate = (id: string) => ({ type: 'deactivate', id }) as const;
const block = (keyword: string, ...label: string[]) =>
  ({ type: 'block', keyword, label }) as const;
const divider = (...label: string[]) => ({ type: 'divider', label }) as const;
const end = { type: 'end' } as const;

describe('lifelines stand apart as far as', () => {
  test.each([
    ['a message', message('a', 'b', longLabel)],
    ['a message over others', message('a', 'c', longLabel)],
    ['a message to the left', message('c', 'a', longLabel)],
  ])('%s needs', (_, event) => {
    const placed = layOutSequence(between('abc', event));
    const columns = lifelines(placed);
    const [{ box } = { box: placed.box }] = placed.messages;
    expect(box.x).toBeGreaterThan(columns[0] ?? 0);
    expect(box.x + box.width).toBeLessThan(columns[2] ?? 0);
  });

  test('a message to oneself needs, up to the next lifeline', () => {
    const placed = layOutSequence(between('ab', message('a', 'a', longLabel)));
    const [{ box } = { box: placed.box }] = placed.messages;
    expect(box.x + box.width).toBeLessThan(lifelines(placed)[1] ?? 0);
  });

  test('a note beside one of them needs', () => {
    const placed = layOutSequence(
      between('ab', note('right', ['a'], longLabel)),
    );
    const [{ box } = { box: placed.box }] = placed.notes;
    expect(box.x).toBeGreaterThan(lifelines(placed)[0] ?? 0);
    expect(box.x + box.width).toBeLessThan(lifelines(placed)[1] ?? 0);
  });
});

test('events follow one another downwards, notes before all messages too', () => {
  const placed = layOutSequence(
    between(
      'ab',
      note('over', ['a', 'b'], 'before'),
      message('a', 'b', 'one', 'with two lines'),
      message('b', 'b', 'two'),
      note('left', ['a'], 'after'),
    ),
  );
  const [before, after] = placed.notes;
  const [one, two] = placed.messages;
  const boxes = [before, one, two, after].map((placed) => placed?.box);
  for (const [index, box] of boxes.entries()) {
    const next = boxes[index + 1];
    if (box === undefined || next === undefined) continue;
    expect(next.y).toBeGreaterThan(box.y + box.height);
  }
});

describe('a lifeline that is active has a bar', () => {
  test('from the message that starts it to the one that ends it', () => {
    const placed = layOutSequence(
      between(
        'ab',
        message('a', 'b', 'ask'),
        activate('b'),
        message('b', 'a', 'answer'),
        deactivate('b'),
      ),
    );
    const [ask, answer] = placed.messages.map(({ points }) => points[0]?.y);
    expect(placed.bars).toEqual([
      expect.objectContaining({ y: ask, height: (answer ?? 0) - (ask ?? 0) }),
    ]);
  });

  test('at whose edge messages begin and end', () => {
    const placed = layOutSequence(
      between(
        'ab',
        message('a', 'b', 'ask'),
        activate('b'),
        message('b', 'a', 'answer'),
        deactivate('b'),
      ),
    );
    const left = placed.bars[0]?.x;
    expect(placed.messages.map(({ points }) => points)).toEqual([
      [expect.anything(), expect.objectContaining({ x: left })],
      [expect.objectContaining({ x: left }), expect.anything()],
    ]);
  });

  test('to its end, if nothing ends it', () => {
    const placed = layOutSequence(
      between('ab', message('a', 'b'), activate('b'), message('a', 'b')),
    );
    const [bar] = placed.bars;
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBe(
      placed.participants[1]?.endOfLife.y,
    );
  });

  test('and a second one beside it, if it is active twice', () => {
    const placed = layOutSequence(
      between('a', message('a', 'a'), activate('a'), activate('a')),
    );
    const [inner, outer] = placed.bars.map(({ x }) => x);
    expect(inner).not.toBe(outer);
  });
});

describe('a frame', () => {
  const nested = layOutSequence(
    between(
      'abc',
      block('loop', 'every second'),
      block('alt', 'written'),
      message('b', 'c', 'one'),
      divider('failed'),
      message('c', 'c', 'two'),
      note('right', ['c'], 'three'),
      end,
      end,
    ),
  );

  test('has room for all that happens in it', () => {
    const [alt] = nested.frames;
    for (const { box } of [...nested.messages, ...nested.notes]) {
      expect(alt && contains(alt.box, box)).toBe(true);
    }
  });

  test('stands in the frame around it, with the headings apart', () => {
    const [alt, loop] = nested.frames;
    expect(alt && loop && contains(loop.box, alt.box)).toBe(true);
    expect(alt?.keyword.box.y).toBeGreaterThanOrEqual(
      (loop?.keyword.box.y ?? 0) + (loop?.keyword.box.height ?? 0),
    );
  });

  test('says its keyword and its conditions', () => {
    expect(nested.frames.map(({ keyword }) => keyword.lines)).toEqual([
      ['alt'],
      ['loop'],
    ]);
    expect(
      nested.frames.map(({ guards }) => guards.map(({ lines }) => lines)),
    ).toEqual([[['[written]'], ['[failed]']], [['[every second]']]]);
  });

  test('is as wide as its conditions', () => {
    const placed = layOutSequence(
      between('ab', block('opt', longLabel), message('a', 'b'), end),
    );
    const [frame] = placed.frames;
    const [guard] = frame?.guards ?? [];
    expect((frame?.box.x ?? 0) + (frame?.box.width ?? 0)).toBeGreaterThan(
      (guard?.box.x ?? 0) + (guard?.box.width ?? 0),
    );
  });
});

test('everything stands within the diagram', () => {
  const placed = layOutSequence(
    between(
      'ab',
      note('left', ['a'], longLabel),
      message('b', 'b', longLabel),
      block('loop', longLabel),
      note('right', ['b'], longLabel),
      end,
    ),
  );
  const { messages, notes, frames, participants } = placed;
  for (const { box } of [...messages, ...notes, ...frames, ...participants]) {
    expect(contains(placed.box, box)).toBe(true);
  }
});
