/**
 * Turns each Mermaid fence that can be drawn at build time into a `<Diagram>`,
 * whose drawing a loader brings. The others stay as they are.
 */
import path from 'node:path';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { importNode, islandElement, loaderRequest } from '../mdx/embed.ts';
import { lineOf } from '../mdx/page.ts';
import { descriptionOf, howToDescribe, undescribed } from './description.ts';
import { inlineKindOf } from './kind.ts';
import type { DiagramQuery } from './loader.ts';

interface Options {
  readonly siteDir: string;
}

export default function remarkDiagrams({ siteDir }: Options) {
  return (tree: Root, vfile: VFile): void => {
    const page = path.relative(siteDir, vfile.path).replaceAll(path.sep, '/');
    const loader = path.join(siteDir, 'src/diagrams/loader.cjs');
    const imports: Root['children'] = [];
    visit(tree, 'code', (node, index, parent) => {
      if (node.lang !== 'mermaid') return;
      if (index === undefined || parent === undefined) return;
      const line = String(lineOf(node));
      if (descriptionOf(node.value) === undefined) {
        throw new Error(`${page}:${line}: ${undescribed}; ${howToDescribe}`);
      }
      const kind = inlineKindOf(node.value);
      if (kind === undefined) return;
      const query: DiagramQuery = { source: node.value, kind, page, line };
      const name = `diagram${imports.length}`;
      imports.push(importNode(name, loaderRequest(loader, query, vfile.path)));
      parent.children[index] = islandElement('Diagram', name);
    });
    tree.children.unshift(...imports);
  };
}
