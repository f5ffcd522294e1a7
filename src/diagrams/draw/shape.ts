/** The outlines of nodes. */
import { type Box, centreOf, type Point } from '../geometry.ts';
import { cylinderCap, subroutineInset } from '../layout/node-size.ts';
import type { Shape } from '../model.ts';
import { element, polygonPath, short } from './svg.ts';

export function drawShape(shape: Shape, box: Box): string {
  switch (shape) {
    case 'circle':
      return circle(box, 0);
    case 'start':
      return circle(box, 0, 'ink');
    case 'end':
      return circle(box, 0) + circle(box, 5, 'ink');
    case 'bar':
      return rectangle(box, 2, 'ink');
    case 'diamond':
    case 'hexagon':
      return element('path', { d: polygonPath(pointedBox(shape, box)) });
    case 'cylinder':
      return element('path', { d: cylinderPath(box) });
    case 'subroutine':
      return rectangle(box, 2) + element('path', { d: innerRules(box) });
    case 'rounded':
    case 'stadium':
    case 'rectangle':
    case 'note':
    case 'group':
      return rectangle(box, radiusOf(shape, box));
  }
}

/**
 * Where an edge that meets the box of a node at right angles meets its shape:
 * further inside, where the shape does not fill the box.
 */
export function meetShape(shape: Shape, box: Box, point: Point): Point {
  const centre = centreOf(box);
  const dx = Math.abs(point.x - centre.x);
  const dy = Math.abs(point.y - centre.y);
  const isOnSide = Math.abs(dx - box.width / 2) < 1;
  const depth = isOnSide ? sideDepth(shape, box, dy) : topDepth(shape, box, dx);
  return isOnSide
    ? { x: point.x + depth * Math.sign(centre.x - point.x), y: point.y }
    : { x: point.x, y: point.y + depth * Math.sign(centre.y - point.y) };
}

/** How far the shape lies behind the left or right side of its box. */
function sideDepth(shape: Shape, box: Box, fromMiddle: number): number {
  const inset = insetOf(shape, box);
  if (inset > 0) return (inset * fromMiddle) / (box.height / 2);
  const radius = radiusOf(shape, box);
  return arcDepth(radius, fromMiddle - (box.height / 2 - radius));
}

/** How far the shape lies behind the upper or lower side of its box. */
function topDepth(shape: Shape, box: Box, fromMiddle: number): number {
  const half = box.width / 2;
  if (shape === 'cylinder') {
    return (arcDepth(half, fromMiddle) * cylinderCap) / half;
  }
  const inset = insetOf(shape, box);
  if (inset > 0) {
    const overhang = Math.max(0, fromMiddle - (half - inset));
    return ((overhang / inset) * box.height) / 2;
  }
  const radius = radiusOf(shape, box);
  return arcDepth(radius, fromMiddle - (half - radius));
}

/** How far an arc has fallen back, some way along it. */
function arcDepth(radius: number, along: number): number {
  return along <= 0
    ? 0
    : radius - Math.sqrt(Math.max(0, radius ** 2 - along ** 2));
}

function radiusOf(shape: Shape, { width, height }: Box): number {
  switch (shape) {
    case 'circle':
    case 'start':
    case 'end':
      return width / 2;
    case 'stadium':
      return height / 2;
    case 'rounded':
      return 8;
    default:
      return 2;
  }
}

/** How far the points of a pointed box reach over its upper side. */
function insetOf(shape: Shape, { width, height }: Box): number {
  if (shape === 'diamond') return width / 2;
  return shape === 'hexagon' ? height / 4 : 0;
}

function pointedBox(shape: Shape, box: Box): Point[] {
  const { x, y, width, height } = box;
  const inset = insetOf(shape, box);
  const right = x + width;
  const bottom = y + height;
  const middle = y + height / 2;
  return [
    { x, y: middle },
    { x: x + inset, y },
    { x: right - inset, y },
    { x: right, y: middle },
    { x: right - inset, y: bottom },
    { x: x + inset, y: bottom },
  ];
}

function cylinderPath({ x, y, width, height }: Box): string {
  const arc = `a${short(width / 2)} ${cylinderCap} 0 0 `;
  const across = short(width);
  const body = short(height - 2 * cylinderCap);
  const top = `M${short(x)} ${short(y + cylinderCap)}`;
  return (
    `${top}${arc}1 ${across} 0v${body}${arc}1 -${across} 0z` +
    `${top}${arc}0 ${across} 0`
  );
}

function innerRules({ x, y, width, height }: Box): string {
  const between = short(width - 2 * subroutineInset);
  return `M${short(x + subroutineInset)} ${short(y)}v${short(height)}m${between} 0v${short(-height)}`;
}

function rectangle(box: Box, radius: number, className?: string): string {
  const { x, y, width, height } = box;
  return element('rect', { x, y, width, height, rx: radius, class: className });
}

function circle(box: Box, inset: number, className?: string): string {
  const { x, y } = centreOf(box);
  const r = box.width / 2 - inset;
  return element('circle', { cx: x, cy: y, r, class: className });
}
