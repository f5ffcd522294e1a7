/** Turns each fence of a page into a `<Snippet>`, whose code a loader brings. */
import fs from 'node:fs';
import path from 'node:path';
import type { Code, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { importNode, islandElement, loaderRequest } from '../mdx/embed.ts';
import { lineOf } from '../mdx/page.ts';
import { localeOfPage } from '../site.ts';
import { examplePath, listExamples, unknownExample } from './example-files.ts';
import {
  bareFence,
  type Fence,
  FenceError,
  isBare,
  isDiagram,
  readFence,
} from './fence.ts';
import type { SnippetQuery } from './loader.ts';

interface Options {
  readonly siteDir: string;
}

export default function remarkSnippets({ siteDir }: Options) {
  const loader = path.join(siteDir, 'src/snippets/loader.cjs');
  return (tree: Root, vfile: VFile): void => {
    const page = path.relative(siteDir, vfile.path).replaceAll(path.sep, '/');
    const locale = localeOfPage(siteDir, vfile.path);
    const imports: Root['children'] = [];
    visit(tree, 'code', (node, index, parent) => {
      if (index === undefined || parent === undefined) return;
      if (isDiagram(node)) return;
      const line = lineOf(node);
      const fence = understand(siteDir, node, `${page}:${line}`);
      const query: SnippetQuery = {
        lang: node.lang ?? '',
        meta: node.meta ?? '',
        value: node.value,
        page,
        line: String(line),
        locale,
      };
      const resource =
        fence.kind === 'example'
          ? examplePath(siteDir, fence.example)
          : vfile.path;
      const name = `snippet${imports.length}`;
      imports.push(importNode(name, loaderRequest(loader, query, resource)));
      parent.children[index] = islandElement(
        'Snippet',
        name,
        attributesOf(fence),
      );
    });
    tree.children.unshift(...imports);
  };
}

function understand(siteDir: string, node: Code, place: string): Fence {
  try {
    const fence = readFence(node);
    if (isBare(fence)) throw new FenceError(bareFence(fence));
    if (
      fence.kind === 'example' &&
      !fs.existsSync(examplePath(siteDir, fence.example))
    ) {
      const known = listExamples(siteDir);
      throw new FenceError(unknownExample(fence.example, known));
    }
    return fence;
  } catch (error) {
    if (!(error instanceof FenceError)) throw error;
    throw new FenceError(`${place}: ${error.message}`);
  }
}

function attributesOf(fence: Fence): Record<string, string> {
  const example = fence.kind === 'example' ? fence : undefined;
  return {
    ...(example && { example: example.example }),
    ...(example?.region && { region: example.region }),
    ...(fence.title && { title: fence.title }),
    ...(fence.language.label && { language: fence.language.label }),
  };
}
