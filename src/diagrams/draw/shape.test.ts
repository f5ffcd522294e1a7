import { expect, test } from 'vitest';
import { drawShape, meetShape } from './shape.ts';

const box = { x: 0, y: 0, width: 100, height: 50 };

test.each([
  ['the tip of a diamond', 'diamond', { x: 50, y: 0 }, { x: 50, y: 0 }],
  ['the slope of a diamond', 'diamond', { x: 25, y: 0 }, { x: 25, y: 12.5 }],
  ['its lower slope', 'diamond', { x: 25, y: 50 }, { x: 25, y: 37.5 }],
  ['its side', 'diamond', { x: 100, y: 37.5 }, { x: 75, y: 37.5 }],
  ['the side of a hexagon', 'hexagon', { x: 0, y: 0 }, { x: 12.5, y: 0 }],
  ['the end of a stadium', 'stadium', { x: 0, y: 25 }, { x: 0, y: 25 }],
  ['the bow of a stadium', 'stadium', { x: 0, y: 10 }, { x: 5, y: 10 }],
  ['the lid of a cylinder', 'cylinder', { x: 20, y: 0 }, { x: 20, y: 1.2 }],
  ['a rectangle', 'rectangle', { x: 30, y: 0 }, { x: 30, y: 0 }],
] as const)('an edge ends at %s', (_, shape, point, expected) => {
  const met = meetShape(shape, box, point);
  expect(met.x).toBeCloseTo(expected.x);
  expect(met.y).toBeCloseTo(expected.y);
});

test('an edge ends at a circle', () => {
  const square = { x: 0, y: 0, width: 50, height: 50 };
  const met = meetShape('circle', square, { x: 40, y: 0 });
  expect(Math.hypot(met.x - 25, met.y - 25)).toBeCloseTo(25);
});

test('numbers are written to a tenth of a pixel', () => {
  expect(drawShape('rectangle', { ...box, x: 1 / 3, y: -0.01 })).toBe(
    '<rect x="0.3" y="0" width="100" height="50" rx="2"/>',
  );
});
