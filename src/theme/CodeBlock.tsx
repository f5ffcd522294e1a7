import type { JSX, ReactNode } from 'react';

interface Props {
  readonly children?: ReactNode;
}

/**
 * The code of a component. That of pages is highlighted when the site is built,
 * and never comes here: without this, a highlighter would be sent with it.
 */
export default function CodeBlock({ children }: Props): JSX.Element {
  return (
    <pre>
      <code>{children}</code>
    </pre>
  );
}
