/** Nodes of an MDX page, made by hand: an import, and what uses it. */
import type { Program } from 'estree';
import type { RootContent } from 'mdast';
import type { MdxJsxAttribute, MdxJsxFlowElement } from 'mdast-util-mdx-jsx';
import type { MdxjsEsm } from 'mdast-util-mdxjs-esm';

/** `import <name> from '<request>'` */
export function importNode(name: string, request: string): MdxjsEsm {
  const estree: Program = {
    type: 'Program',
    sourceType: 'module',
    body: [
      {
        type: 'ImportDeclaration',
        attributes: [],
        specifiers: [
          {
            type: 'ImportDefaultSpecifier',
            local: { type: 'Identifier', name },
          },
        ],
        source: {
          type: 'Literal',
          value: request,
          raw: JSON.stringify(request),
        },
      },
    ],
  };
  return { type: 'mdxjsEsm', value: '', data: { estree } };
}

/** `<component island={name} attribute="value" … />` */
export function islandElement(
  component: string,
  name: string,
  attributes: Readonly<Record<string, string>> = {},
): MdxJsxFlowElement & RootContent {
  return {
    type: 'mdxJsxFlowElement',
    name: component,
    children: [],
    attributes: [
      importedAttribute('island', name),
      ...Object.entries(attributes).map(([attribute, value]) => ({
        type: 'mdxJsxAttribute' as const,
        name: attribute,
        value,
      })),
    ],
  };
}

/** `attribute={name}` */
export function importedAttribute(
  attribute: string,
  name: string,
): MdxJsxAttribute {
  return {
    type: 'mdxJsxAttribute',
    name: attribute,
    value: {
      type: 'mdxJsxAttributeValueExpression',
      value: name,
      data: {
        estree: {
          type: 'Program',
          sourceType: 'module',
          body: [
            {
              type: 'ExpressionStatement',
              expression: { type: 'Identifier', name },
            },
          ],
        },
      },
    },
  };
}

/** A request that bypasses the site's own loaders: `!!loader?query!resource`. */
export function loaderRequest(
  loader: string,
  query: Readonly<Record<string, string>>,
  resource: string,
): string {
  return `!!${loader}?${new URLSearchParams(query)}!${resource}`;
}
