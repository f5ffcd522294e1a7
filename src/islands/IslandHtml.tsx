import { type CSSProperties, type JSX, useEffect, useRef } from 'react';
import type { Island } from './island.ts';

interface Props {
  readonly as?: 'div' | 'pre' | 'code' | 'figure';
  readonly island: Island;
  readonly className?: string;
  readonly style?: CSSProperties;
  /** Shown in place of an island that could not be fetched. */
  readonly unavailable: string;
}

/**
 * Shows an island. While hydrating, React leaves the server's HTML as it is,
 * since it never compares raw HTML in production; after a navigation within the
 * site there is no such HTML, and the island is fetched.
 */
export function IslandHtml(props: Props): JSX.Element {
  const { as: Tag = 'div', island, unavailable, ...attributes } = props;
  const element = useRef<HTMLElement | null>(null);

  useEffect(() => {
    const target = element.current;
    const { url } = island;
    if (target === null || url === undefined || target.hasChildNodes()) return;
    const leaving = new AbortController();
    fetch(url, { signal: leaving.signal })
      .then(async (response) => {
        if (!response.ok) throw new Error(`${url}: ${response.status}`);
        target.innerHTML = await response.text();
      })
      .catch((error: unknown) => {
        if (leaving.signal.aborted) return;
        console.error(error);
        target.textContent = unavailable;
      });
    return () => leaving.abort();
  }, [island, unavailable]);

  return (
    <Tag
      {...attributes}
      ref={(node: HTMLElement | null) => {
        element.current = node;
      }}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by our own build from files of this repository
      dangerouslySetInnerHTML={{ __html: island.html ?? '' }}
    />
  );
}
