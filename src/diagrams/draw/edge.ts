import type { Point } from '../geometry.ts';
import type { Head, Line } from '../model.ts';
import { element, roundedPath, short } from './svg.ts';

/** A line through points, and what it ends in. */
export function drawEdge(
  points: readonly Point[],
  { line, fromHead, toHead }: { line: Line; fromHead: Head; toHead: Head },
): string {
  const path = element('path', {
    d: roundedPath(points, 6),
    class: line === 'solid' ? 'line' : `line ${line}`,
  });
  const reversed = points.toReversed();
  return path + drawHead(fromHead, reversed) + drawHead(toHead, points);
}

/** The head at the last of the points. */
function drawHead(head: Head, points: readonly Point[]): string {
  const [before, tip] = points.slice(-2);
  if (head === 'none' || before === undefined || tip === undefined) return '';
  const { path, look } = heads[head];
  const angle =
    (Math.atan2(tip.y - before.y, tip.x - before.x) * 180) / Math.PI;
  const turn = Math.round(angle) === 0 ? '' : `rotate(${short(angle)})`;
  return element('path', {
    d: path,
    class: look,
    transform: `translate(${short(tip.x)} ${short(tip.y)})${turn}`,
  });
}

/** Drawn to the right, with the tip where the edge ends. */
const heads: Readonly<
  Record<
    Exclude<Head, 'none'>,
    { readonly path: string; readonly look: 'filled' | 'hollow' | 'open' }
  >
> = {
  arrow: { path: 'M0 0l-9-4.5v9z', look: 'filled' },
  open: { path: 'M-9-5L0 0l-9 5', look: 'open' },
  cross: { path: 'M-11-5l10 10m0-10l-10 10', look: 'open' },
  circle: { path: 'M0 0a4 4 0 1 1-8 0a4 4 0 1 1 8 0z', look: 'hollow' },
  triangle: { path: 'M0 0l-13-7v14z', look: 'hollow' },
  diamond: { path: 'M0 0l-9-5-9 5 9 5z', look: 'filled' },
  'hollow-diamond': { path: 'M0 0l-9-5-9 5 9 5z', look: 'hollow' },
  one: { path: 'M-7-6v12m-5-12v12', look: 'open' },
  'zero-or-one': {
    path: 'M-7-6v12m-4-6a4 4 0 1 1-8 0a4 4 0 1 1 8 0z',
    look: 'hollow',
  },
  'one-or-more': { path: 'M0-6l-11 6 11 6m-15-12v12', look: 'open' },
  'zero-or-more': {
    path: 'M0-6l-11 6 11 6m-11-6a4 4 0 1 1-8 0a4 4 0 1 1 8 0z',
    look: 'hollow',
  },
};
