import { createHash } from 'node:crypto';
import ts from 'typescript';

/** @param {string} text */
export function parse(text) {
  return ts.createSourceFile(
    'module.ts',
    text,
    ts.ScriptTarget.Latest,
    // Each node knows its parent.
    true,
  );
}

/**
 * What a piece of code is made of, comments apart, in order.
 *
 * @param {ts.Node} node
 * @returns {ts.Node[]}
 */
export function tokensOf(node) {
  if (ts.isJSDoc(node)) return [];
  const children = node.getChildren();
  if (children.length > 0) return children.flatMap(tokensOf);
  return node.end > node.getStart() ? [node] : [];
}

/**
 * Stays the same when only comments and line ends of the code change.
 *
 * @param {string} text
 */
export function tokenHash(text) {
  const hash = createHash('sha256');
  for (const token of tokensOf(parse(text)))
    hash.update(`${token.getText()}\0`);
  return hash.digest('hex');
}
