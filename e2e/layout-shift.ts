import type { Page } from '@playwright/test';

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly LayoutShiftSource[];
}

interface LayoutShiftSource {
  readonly node: Node | null;
  readonly previousRect: DOMRectReadOnly;
  readonly currentRect: DOMRectReadOnly;
}

/** Something that jumped, and when, in milliseconds since the page was asked. */
interface Jump {
  readonly at: number;
  readonly words: string;
}

declare global {
  interface Window {
    layoutShifts: Jump[];
  }
}

/** Has each page that is opened from now on note what jumps, and how far. */
export async function watchLayoutShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.layoutShifts = [];
    const at = ({ x, y, width, height }: DOMRectReadOnly) =>
      `${width}x${height} at ${x},${y}`;
    const moved = ({ node, previousRect, currentRect }: LayoutShiftSource) => {
      const element = node instanceof Element ? node : node?.parentElement;
      const name = element?.outerHTML.slice(0, 120) ?? 'what is gone';
      return `${name} from ${at(previousRect)} to ${at(currentRect)}`;
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[]) {
        if (entry.hadRecentInput) continue;
        const words = [entry.value, ...entry.sources.map(moved)].join('\n');
        window.layoutShifts.push({ at: entry.startTime, words });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** All that jumped, beginning with what did while the page arrived. */
export function layoutShifts(page: Page): Promise<string[]> {
  return page.evaluate(() => window.layoutShifts.map(({ words }) => words));
}

/**
 * What jumped once all of the page had arrived. Before that, a word may be cut
 * in two by the network, and move to the next line when its end arrives.
 */
export function layoutShiftsOnceArrived(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    const { domInteractive } = navigation as PerformanceNavigationTiming;
    return window.layoutShifts
      .filter(({ at }) => at > domInteractive)
      .map(({ words }) => words);
  });
}
