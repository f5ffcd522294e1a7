/** SVG as text, kept small: short numbers, nothing that a default says. */
import { escapeAttribute } from '../../html.ts';
import type { Point } from '../geometry.ts';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

export function element(
  name: string,
  attributes: Attributes,
  ...content: readonly string[]
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([attribute, value]) => ` ${attribute}="${attributeValue(value)}"`)
    .join('');
  return content.length === 0
    ? `<${name}${written}/>`
    : `<${name}${written}>${content.join('')}</${name}>`;
}

/** To a tenth of a pixel. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10 || 0);
}

/** A line through all points, its corners rounded. */
export function roundedPath(points: readonly Point[], radius: number): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (before === undefined) return `M${pair(point)}`;
      if (after === undefined) return `L${pair(point)}`;
      const enter = towards(point, before, radius);
      const leave = towards(point, after, radius);
      return `L${pair(enter)}Q${pair(point)} ${pair(leave)}`;
    })
    .join('');
}

export function polygonPath(points: readonly Point[]): string {
  return `M${points.map(pair).join('L')}z`;
}

/** From a point, some way to another, at most half of it. */
function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(distance, length / 2) / length;
  return {
    x: from.x + (to.x - from.x) * part,
    y: from.y + (to.y - from.y) * part,
  };
}

function pair({ x, y }: Point): string {
  return `${short(x)} ${short(y)}`;
}

function attributeValue(value: string | number | undefined): string {
  return typeof value === 'number'
    ? short(value)
    : escapeAttribute(value ?? '');
}
