/** Kinds of values, each of which is made anew, as a request brings it. */
export const kinds = {
  number: { is: 'a number', make: (index) => index + 0.5 },
  'short-string': {
    is: 'a string of 12 characters',
    make: (index) => fresh(String(index).padStart(12, '-')),
  },
  object: {
    is: 'an object of ten fields, parsed from JSON',
    make: (index) => JSON.parse(JSON.stringify(session(index))),
  },
  'long-string': {
    is: 'a string of 1,024 characters',
    make: (index) => fresh(String(index).padStart(1024, '-')),
  },
  buffer: {
    is: 'a Buffer of 1,024 bytes',
    make: (index) => Buffer.alloc(1024, index),
  },
} satisfies Record<string, Kind>;

export interface Kind {
  readonly is: string;
  readonly make: Make;
}

export type Make = (index: number) => unknown;

/** In one piece: what was put together keeps its parts alive. */
function fresh(text: string): string {
  return Buffer.alloc(text.length, text, 'latin1').toString('latin1');
}

function session(index: number): object {
  return {
    id: `session-${index}`,
    userId: `guest-${index}`,
    email: `guest-${index}@example.com`,
    plan: 'team',
    isActive: true,
    visits: index,
    secondsPerPage: index + 0.5,
    page: `/products/${index}`,
    startedAt: '2026-03-01T09:00:00.000Z',
    seenAt: '2026-03-01T09:30:00.000Z',
  };
}
