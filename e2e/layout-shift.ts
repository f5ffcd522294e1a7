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

declare global {
  interface Window {
    layoutShifts: string[];
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
        const jump = [entry.value, ...entry.sources.map(moved)].join('\n');
        window.layoutShifts.push(jump);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

export function layoutShifts(page: Page): Promise<string[]> {
  return page.evaluate(() => window.layoutShifts);
}
