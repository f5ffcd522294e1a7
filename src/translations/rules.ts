/** The rules, by their names, in the order in which a check reports. */
import type { LocaleRule, PageRule } from './rule.ts';
import { admonitionKinds } from './rules/admonition-kinds.ts';
import { codeComments } from './rules/code-comments.ts';
import { components } from './rules/components.ts';
import { diagramGraph } from './rules/diagram-graph.ts';
import { figures } from './rules/figures.ts';
import { frontMatter } from './rules/front-matter.ts';
import { glossary } from './rules/glossary.ts';
import { headingIds } from './rules/heading-ids.ts';
import { japaneseStyle } from './rules/japanese-style.ts';
import { labels } from './rules/labels.ts';
import { linkTargets } from './rules/link-targets.ts';
import { missingPage } from './rules/missing-page.ts';
import { orphanPage } from './rules/orphan-page.ts';
import { snippetFences } from './rules/snippet-fences.ts';
import { stalePage } from './rules/stale-page.ts';
import { tableShape } from './rules/table-shape.ts';
import { typedCode } from './rules/typed-code.ts';
import { unparsedMarkup } from './rules/unparsed-markup.ts';
import { untranslatedText } from './rules/untranslated-text.ts';
import { vietnameseStyle } from './rules/vietnamese-style.ts';

/** What must be the same on a page in every language. */
const parity = {
  'heading-ids': headingIds,
  'snippet-fences': snippetFences,
  'typed-code': typedCode,
  components,
  'link-targets': linkTargets,
  'admonition-kinds': admonitionKinds,
  'diagram-graph': diagramGraph,
  figures,
  'table-shape': tableShape,
} satisfies Record<string, PageRule>;

/** What must be in the page's own language, and how. */
const language = {
  'front-matter': frontMatter,
  'untranslated-text': untranslatedText,
  'unparsed-markup': unparsedMarkup,
  glossary,
  'japanese-style': japaneseStyle,
  'vietnamese-style': vietnameseStyle,
} satisfies Record<string, PageRule>;

/** What a page must fulfil before anybody may accept it. */
export const contentRules: Readonly<Record<string, PageRule>> = {
  ...parity,
  ...language,
};

export const pageRules: Readonly<Record<string, PageRule>> = {
  ...contentRules,
  'stale-page': stalePage,
};

export const localeRules: Readonly<Record<string, LocaleRule>> = {
  'missing-page': missingPage,
  'orphan-page': orphanPage,
  labels,
  'code-comments': codeComments,
};
