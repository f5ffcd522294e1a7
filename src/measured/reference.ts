/**
 * `<Measured of="…" figure="…" />`, `<MeasuredRow of="…" figure="…">`,
 * `<Chart of="…" figures="…" />` and `<MeasuredOn of="…" />`, on a page.
 */
import type { Nodes } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';

export interface Reference {
  /** The benchmark. */
  readonly of: string;
  /** Empty where no single one is asked for. */
  readonly figure: string;
  /** What the names of a chart's figures begin with. Empty where there is none. */
  readonly figures: string;
}

const attributesOf = {
  Measured: ['of', 'figure'],
  MeasuredRow: ['of', 'figure'],
  Chart: ['of', 'figures'],
  MeasuredOn: ['of'],
} as const;

export type MeasuredElement = (MdxJsxFlowElement | MdxJsxTextElement) & {
  name: keyof typeof attributesOf;
};

export function isMeasured(node: Nodes): node is MeasuredElement & Nodes {
  return (
    (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') &&
    node.name !== null &&
    Object.hasOwn(attributesOf, node.name)
  );
}

export function referenceOf({ name, attributes }: MeasuredElement): Reference {
  const wanted: readonly string[] = attributesOf[name];
  const given = new Map<string, string>();
  for (const attribute of attributes) {
    if (
      attribute.type === 'mdxJsxAttribute' &&
      wanted.includes(attribute.name) &&
      typeof attribute.value === 'string'
    ) {
      given.set(attribute.name, attribute.value);
    }
  }
  if (given.size !== wanted.length || attributes.length !== wanted.length) {
    const form = wanted.map((attribute) => ` ${attribute}="…"`).join('');
    throw new Error(`expected <${name}${form} />`);
  }
  const textOf = (attribute: string) => given.get(attribute) ?? '';
  return {
    of: textOf('of'),
    figure: textOf('figure'),
    figures: textOf('figures'),
  };
}
