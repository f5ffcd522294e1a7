import type { Decide, Fate } from './faulty-store.ts';

/** What becomes of the next writes. Those that follow go well. */
export function nextWrites(count: number, fate: Fate): Decide {
  let left = count;
  return ({ type }) => {
    if (type !== 'write' || left === 0) return undefined;
    left -= 1;
    return fate;
  };
}

export function eachWrite(fate: Fate): Decide {
  return ({ type }) => (type === 'write' ? fate : undefined);
}

export function eachRead(fate: Fate): Decide {
  return ({ type }) => (type === 'read' ? fate : undefined);
}

/** What becomes of each batch that the key is in. */
export function writesOf(key: string, fate: Fate): Decide {
  return ({ type, keys }) =>
    type === 'write' && keys.includes(key) ? fate : undefined;
}
