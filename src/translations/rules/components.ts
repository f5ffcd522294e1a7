import type {
  MdxJsxAttribute,
  MdxJsxExpressionAttribute,
} from 'mdast-util-mdx-jsx';
import { visit } from 'unist-util-visit';
import { lineOf } from '../../mdx/page.ts';
import { comparePages, type Item } from '../comparison.ts';
import type { Manuscript } from '../corpus.ts';
import { textualAttributes } from '../prose.ts';
import type { PageRule } from '../rule.ts';

/** The same components with the same attributes, apart from those with words. */
export const components: PageRule = (pair) => [
  ...comparePages(pair, (page) => componentsOf(page, 'mdxJsxFlowElement'), {
    noun: 'component',
    mend,
  }),
  ...comparePages(pair, (page) => componentsOf(page, 'mdxJsxTextElement'), {
    noun: 'component',
    inAnyOrder: true,
    mend,
  }),
  ...comparePages(pair, expressionsOf, {
    noun: 'expression',
    inAnyOrder: true,
    mend,
  }),
];

const mend =
  'copy it from the English page; only attributes that are read as text, such as `title`, are translated';

function componentsOf(
  { tree }: Manuscript,
  type: 'mdxJsxFlowElement' | 'mdxJsxTextElement',
): Item[] {
  const items: Item[] = [];
  visit(tree, type, (node) => {
    const attributes = node.attributes.map(attributeText).sort();
    const text = ['<', node.name ?? '', ...attributes, '>'].join('');
    items.push({ text, line: lineOf(node) });
  });
  return items;
}

function attributeText(
  attribute: MdxJsxAttribute | MdxJsxExpressionAttribute,
): string {
  if (attribute.type === 'mdxJsxExpressionAttribute') {
    return ` {${attribute.value}}`;
  }
  const { name, value } = attribute;
  if (textualAttributes.has(name)) return ` ${name}`;
  if (value === null || value === undefined) return ` ${name}`;
  return typeof value === 'string'
    ? ` ${name}="${value}"`
    : ` ${name}={${value.value}}`;
}

/** Imports, exports, and expressions that are more than a comment. */
function expressionsOf({ tree }: Manuscript): Item[] {
  const items: Item[] = [];
  visit(tree, (node) => {
    switch (node.type) {
      case 'mdxjsEsm':
      case 'mdxFlowExpression':
      case 'mdxTextExpression':
        if (node.data?.estree?.body.length === 0) return;
        items.push({ text: node.value.trim(), line: lineOf(node) });
    }
  });
  return items;
}
