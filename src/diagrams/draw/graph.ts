import type { Box, Point } from '../geometry.ts';
import {
  groupLabelMiddle,
  type PlacedEdge,
  type PlacedGraph,
  type PlacedNode,
} from '../layout/graph.ts';
import { heightOfCompartment, sectionPadding } from '../layout/node-size.ts';
import {
  columnGap,
  columnsOf,
  fonts,
  heightOfRow,
  type PlacedText,
  sizeOfSection,
} from '../layout/text.ts';
import type { Row, Section, Shape } from '../model.ts';
import { drawEdge } from './edge.ts';
import { drawShape, meetShape } from './shape.ts';
import { element, short } from './svg.ts';
import { drawLine, drawLines } from './text.ts';

/** The parts of a graph, from back to front. */
export function drawGraph({ nodes, edges }: PlacedGraph): string {
  const placed = new Map(nodes.map((node) => [node.node.id, node]));
  const isGroup = ({ node }: PlacedNode) => node.shape === 'group';
  return [
    ...nodes.filter(isGroup).map(drawNode),
    ...edges.map((edge) => drawClippedEdge(edge, placed)),
    ...nodes.filter((node) => !isGroup(node)).map(drawNode),
    ...edges.flatMap(({ labels }) => labels.map(drawLabel)),
  ].join('');
}

function drawClippedEdge(
  { edge, points }: PlacedEdge,
  nodes: ReadonlyMap<string, PlacedNode>,
): string {
  const clipped = points.map((point, index) => {
    const end =
      index === 0
        ? nodes.get(edge.from)
        : index === points.length - 1
          ? nodes.get(edge.to)
          : undefined;
    return end ? meetShape(end.node.shape, end.box, point) : point;
  });
  return drawEdge(clipped, edge);
}

function drawLabel({ lines, box }: PlacedText): string {
  return drawLines(lines, box, 'beside');
}

function drawNode({ node, box }: PlacedNode): string {
  const { shape, emphasis, sections } = node;
  const kind = shape === 'group' || shape === 'note' ? shape : 'node';
  return element(
    'g',
    { class: emphasis ? `${kind} ${emphasis}` : kind },
    drawShape(shape, box),
    sections.length > 1
      ? drawCompartments(sections, box)
      : sections
          .map((section) => drawSection(section, labelBox(shape, box)))
          .join(''),
  );
}

/** The label of a group stands above what is in it. */
function labelBox(shape: Shape, box: Box): Box {
  return shape === 'group' ? { ...box, height: 2 * groupLabelMiddle } : box;
}

function drawCompartments(sections: readonly Section[], box: Box): string {
  let top = box.y;
  return sections
    .map((section, index) => {
      const area = { ...box, y: top, height: heightOfCompartment(section) };
      top += area.height;
      const rule = `M${short(box.x)} ${short(area.y)}h${short(box.width)}`;
      return (
        (index === 0 ? '' : element('path', { d: rule })) +
        drawSection(section, area)
      );
    })
    .join('');
}

/** Rows below one another, in the middle of the height of a box. */
function drawSection(section: Section, box: Box): string {
  const columns = columnsOf(section);
  let y = box.y + (box.height - sizeOfSection(section).height) / 2;
  return section
    .map((row) => {
      const middle = y + heightOfRow(row) / 2;
      y += heightOfRow(row);
      return fonts[row.style].isMono
        ? drawCells(row, columns, { x: box.x + sectionPadding.x, y: middle })
        : drawLine(
            row.cells.join(' '),
            { x: box.x + box.width / 2, y: middle },
            row.style,
          );
    })
    .join('');
}

function drawCells(
  { cells, style }: Row,
  columns: readonly number[],
  start: Point,
): string {
  let { x } = start;
  return cells
    .map((cell, index) => {
      const text = drawLine(cell, { x, y: start.y }, style, 'start');
      const width = columns[index] ?? 0;
      x += width === 0 ? 0 : width + columnGap;
      return text;
    })
    .join('');
}
