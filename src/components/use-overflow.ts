import { type RefObject, useEffect, useState } from 'react';

/** Whether an element's content is wider than the element, now and later. */
export function useOverflow(element: RefObject<HTMLElement | null>): boolean {
  const [overflows, setOverflows] = useState(false);

  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(() => {
      setOverflows(current.scrollWidth > current.clientWidth);
    });
    observer.observe(current);
    // Content may come later than the box that it then overflows.
    for (const child of current.children) observer.observe(child);
    return () => observer.disconnect();
  }, [element]);

  return overflows;
}
