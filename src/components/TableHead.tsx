import type { ComponentProps, JSX } from 'react';

/** The corner of a table is empty and heads nothing, so it is no heading. */
export function TableHead(props: ComponentProps<'th'>): JSX.Element {
  return props.children ? <th {...props} /> : <td />;
}
