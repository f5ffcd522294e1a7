import { translate } from '@docusaurus/Translate';
import { type ComponentProps, type JSX, useRef } from 'react';
import { useOverflow } from './use-overflow.ts';

/**
 * A table that scrolls by itself where it is wider than the page. It is a stop
 * for the keyboard only then, and a group rather than a region, since a page
 * may have many. What follows the table says that all of it has arrived.
 */
export function ScrollingTable(props: ComponentProps<'table'>): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const scrolls = useOverflow(box) && {
    role: 'group',
    tabIndex: 0,
    'aria-label': translate({
      id: 'dirtyBit.table.scrolls',
      message: 'Table, scrolls sideways',
      description: 'The accessible name of a table that is wider than the page',
    }),
  };
  return (
    <div ref={box} className="table-scroll" {...scrolls}>
      <table {...props} />
      <span className="table-end" hidden />
    </div>
  );
}
