/** What a game server tells those who have started it, line by line. */
import fs from 'node:fs';

export type Event =
  /** It knows what the journal holds, and begins to store it. */
  | 'opened'
  /** All of that is stored. */
  | 'recovered'
  | 'acknowledged'
  | 'refused'
  | 'sends'
  | 'stored'
  /** It stands still at a point of a write, until it is killed. */
  | 'at'
  | 'closed';

// #region tell
/** It has left the process when this returns, whatever happens then. */
export function tell(event: Event, ...words: (string | number)[]): void {
  let rest = Buffer.from(`${[event, ...words].join(' ')}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSome(rest));
}

function writeSome(bytes: Buffer): number {
  try {
    return fs.writeSync(1, bytes);
  } catch (error) {
    // The pipe is full, and whoever reads it makes room.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EAGAIN') throw error;
    stop(1);
    return 0;
  }
}
// #endregion tell

/** Nothing goes on in this process meanwhile. Default: for good. */
export function stop(milliseconds = Infinity): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

export interface Write {
  readonly player: string;
  readonly score: number;
}

export interface Sent extends Write {
  readonly version: number;
}

export interface Told {
  readonly acknowledged: readonly Write[];
  readonly sent: readonly Sent[];
  readonly stored: readonly Sent[];
  /** Sent before it took new writes: from the journal. */
  readonly replayed: readonly Sent[];
}

export function toldBy(output: string): Told {
  // Behind the last line break there may be half a line.
  const lines = output.split('\n').slice(0, -1);
  const words = lines.map((line) => line.split(' '));
  const recovered = lines.indexOf('recovered');
  const of = (event: Event) => words.filter(([first]) => first === event);
  const sent = of('sends').map(toSent);
  const early = recovered === -1 ? words : words.slice(0, recovered);
  return {
    acknowledged: of('acknowledged').map(([, , player = '', score]) => ({
      player,
      score: Number(score),
    })),
    sent,
    stored: of('stored').map(toSent),
    replayed: early.filter(([first]) => first === 'sends').map(toSent),
  };
}

function toSent([, version, player = '', score]: readonly string[]): Sent {
  return { player, score: Number(score), version: Number(version) };
}
