import type { Size } from '../geometry.ts';
import type { Direction, GraphNode, Section, Shape } from '../model.ts';
import { sizeOfSection } from './text.ts';

/** Around the text of a node, and above and below the text of a section. */
const padding = { x: 16, y: 10 };
export const sectionPadding = { x: 12, y: 7 };

export function sizeOfNode(
  { shape, sections }: GraphNode,
  direction: Direction,
): Size {
  if (sections.length === 0) return sizeWithoutText(shape, direction);
  return sections.length > 1
    ? sizeOfCompartments(sections)
    : around(sizeOfSection(sections[0] ?? []), shape);
}

export function heightOfCompartment(section: Section): number {
  return sizeOfSection(section).height + 2 * sectionPadding.y;
}

function sizeOfCompartments(sections: readonly Section[]): Size {
  const width = Math.max(
    ...sections.map((section) => sizeOfSection(section).width),
  );
  const height = sections.reduce(
    (sum, section) => sum + heightOfCompartment(section),
    0,
  );
  return { width: Math.max(90, width + 2 * sectionPadding.x), height };
}

/** The size of a shape that has room for the text. */
function around(text: Size, shape: Shape): Size {
  const width = Math.max(60, text.width + 2 * padding.x);
  const height = text.height + 2 * padding.y;
  switch (shape) {
    case 'circle': {
      const diameter = Math.hypot(text.width, text.height) + padding.x;
      return { width: diameter, height: diameter };
    }
    // Text fits where its parts of the width and the height make one together.
    case 'diamond':
      return {
        width: (text.width + padding.x) / 0.6,
        height: (text.height + padding.y) / 0.4,
      };
    case 'hexagon':
      return { width: width + height / 2, height };
    case 'stadium':
      return { width: width + 8, height };
    case 'cylinder':
      return { width, height: height + 2 * cylinderCap };
    case 'subroutine':
      return { width: width + 2 * subroutineInset, height };
    default:
      return { width, height };
  }
}

export const cylinderCap = 6;
export const subroutineInset = 7;

function sizeWithoutText(shape: Shape, direction: Direction): Size {
  switch (shape) {
    case 'bar': {
      const isUpright = direction === 'LR' || direction === 'RL';
      return isUpright ? { width: 6, height: 80 } : { width: 80, height: 6 };
    }
    case 'start':
      return { width: 18, height: 18 };
    case 'end':
      return { width: 22, height: 22 };
    default:
      return { width: 30, height: 30 };
  }
}
