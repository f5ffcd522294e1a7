import { translate } from '@docusaurus/Translate';
import { type JSX, useRef } from 'react';
import type { RenderedDiagram } from '../diagrams/render.ts';
import { IslandHtml } from '../islands/IslandHtml.tsx';
import type { Island } from '../islands/island.ts';
import '../css/diagram.css';
import { useOverflow } from './use-overflow.ts';

interface Props {
  readonly island: Island & Omit<RenderedDiagram, 'svg'>;
}

/** A diagram that was drawn when the site was built. */
export function Diagram({ island }: Props): JSX.Element {
  const { title, width, height } = island;
  const box = useRef<HTMLElement>(null);
  const scrolls = useOverflow(box) && {
    role: 'group',
    tabIndex: 0,
    'aria-label': title,
  };
  return (
    <figure ref={box} className="diagram" {...scrolls}>
      <IslandHtml
        className="diagram__drawing"
        style={{
          // Smaller than this, its text could not be read: the box scrolls.
          width: `clamp(${Math.round(width * 0.85)}px, 100%, ${width}px)`,
          aspectRatio: `${width} / ${height}`,
        }}
        island={island}
        unavailable={translate({
          id: 'dirtyBit.diagram.unavailable',
          message:
            'The diagram could not be loaded. Reload the page to see it.',
          description: 'Shown in place of a diagram that could not be fetched',
        })}
      />
    </figure>
  );
}
