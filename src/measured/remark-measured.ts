/** Gives `<Measured>` and what else is measured what a loader finds. */
import path from 'node:path';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { importedAttribute, importNode, loaderRequest } from '../mdx/embed.ts';
import { lineOf } from '../mdx/page.ts';
import { localeOfPage } from '../site.ts';
import type { MeasuredQuery } from './loader.ts';
import {
  isMeasured,
  type MeasuredElement,
  type Reference,
  referenceOf,
} from './reference.ts';

interface Options {
  readonly siteDir: string;
}

export default function remarkMeasured({ siteDir }: Options) {
  const loader = path.join(siteDir, 'src/measured/loader.cjs');
  return (tree: Root, vfile: VFile): void => {
    const page = path.relative(siteDir, vfile.path).replaceAll(path.sep, '/');
    const locale = localeOfPage(siteDir, vfile.path);
    const imports: Root['children'] = [];
    visit(tree, (node) => {
      if (!isMeasured(node)) return;
      const line = String(lineOf(node));
      const reference = understand(node, `${page}:${line}`);
      const query: MeasuredQuery = { ...reference, page, line, locale };
      const name = `measured${imports.length}`;
      imports.push(importNode(name, loaderRequest(loader, query, vfile.path)));
      node.attributes.push(importedAttribute('measured', name));
    });
    tree.children.unshift(...imports);
  };
}

function understand(node: MeasuredElement, place: string): Reference {
  try {
    return referenceOf(node);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${place}: ${reason}`, { cause: error });
  }
}
