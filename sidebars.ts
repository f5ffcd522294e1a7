import type { SidebarsConfig } from '@docusaurus/plugin-content-docs';

/** The order of the pages. A section appears here with its first page. */
export default {
  docs: [
    section('start', 'Start here', ['introduction', 'quick-start']),
    section('strategies', 'Strategies', ['write-behind']),
    section('contribute', 'Contribute', ['examples', 'translations']),
  ],
} satisfies SidebarsConfig;

function section(key: string, label: string, pages: readonly string[]) {
  return {
    type: 'category' as const,
    key,
    label,
    collapsible: false,
    items: pages.map((page) => `${key}/${page}`),
  };
}
