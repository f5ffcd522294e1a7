import ts from 'typescript';
import { mutators } from './mutators.mjs';
import { parse, tokensOf } from './tokens.mjs';

/** @typedef {import('./mutators.mjs').Edit} Edit */

/**
 * A copy of the module with one mistake in it.
 *
 * @typedef {object} Mutant
 * @property {string} id what it changes, and in which function: the same
 *   wherever that function stands
 * @property {string} owner the function
 * @property {readonly string[]} regions
 * @property {number} line
 * @property {readonly string[]} before the lines that it changes
 * @property {readonly string[]} after what they are then
 * @property {string} text the whole module
 */

/** Pieces that are shorter say nothing without what stands around them. */
const tellingLength = 20;
const longestName = 100;

/**
 * All mutants of a module, in the order of its text.
 *
 * @param {string} text
 * @returns {Mutant[]}
 */
export function mutantsOf(text) {
  const source = parse(text);
  const regions = regionsOf(text);
  /** @type {Map<string, number>} */
  const namesakes = new Map();
  return editsOf(source).map(({ node, edit }) => {
    const owner = ownerOf(node);
    const name = `${owner}: ${nameOf(node, edit)}`;
    const count = (namesakes.get(name) ?? 0) + 1;
    namesakes.set(name, count);
    return {
      id: count === 1 ? name : `${name} (${count})`,
      owner,
      regions: regions
        .filter(({ start, end }) => start < edit.start && edit.end <= end)
        .map(({ name }) => name),
      text: apply(text, edit),
      ...linesOf(text, edit),
    };
  });
}

/**
 * The names by which somebody may ask for a mutant.
 *
 * @param {Mutant} mutant
 */
export function placesOf({ regions, owner }) {
  return [...regions, owner.replace('#', '')];
}

/**
 * @param {ts.SourceFile} source
 * @returns {{ node: ts.Node, edit: Edit }[]}
 */
function editsOf(source) {
  /** @type {Map<string, { node: ts.Node, edit: Edit }>} */
  const found = new Map();
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (hasNoEffect(node)) return;
    for (const mutate of Object.values(mutators)) {
      for (const edit of mutate(node)) {
        const { start, end, replacement } = edit;
        const key = `${start} ${end} ${replacement}`;
        if (!found.has(key)) found.set(key, { node, edit });
      }
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return [...found.values()];
}

/**
 * Types are gone when the module runs.
 *
 * @param {ts.Node} node
 */
function hasNoEffect(node) {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node)
  );
}

/**
 * The method, function, field or constant in which a node stands.
 *
 * @param {ts.Node} node
 */
function ownerOf(node) {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isConstructorDeclaration(at)) return 'constructor';
    if (
      ts.isMethodDeclaration(at) ||
      ts.isAccessor(at) ||
      ts.isPropertyDeclaration(at) ||
      ts.isFunctionDeclaration(at) ||
      (ts.isVariableDeclaration(at) && ts.isSourceFile(at.parent.parent.parent))
    ) {
      return at.name?.getText() ?? 'default';
    }
  }
  return 'module';
}

/**
 * What was there, and what is there instead.
 *
 * @param {ts.Node} node
 * @param {Edit} edit
 */
function nameOf(node, edit) {
  const piece = tellingPiece(node, edit);
  const tokens = tokensOf(piece);
  const earlier = tokens.filter((token) => token.end <= edit.start);
  const later = tokens.filter((token) => token.getStart() >= edit.end);
  const replaced = tokens.slice(earlier.length, tokens.length - later.length);
  const instead =
    replaced.slice(0, 1).map(spaceBefore).join('') + edit.replacement;
  const isShort = lengthOf(piece) <= longestName;
  const before = isShort ? tokens : replaced;
  const after = isShort
    ? [...earlier.map(spelling), instead, ...later.map(spelling)]
    : [instead];
  const [old, now] = [before.map(spelling), after].map(shown);
  return `${inHead(piece, old)} → ${inHead(piece, now)}`;
}

/**
 * What is asked or gone through says more with the word before it.
 *
 * @param {ts.Node} piece
 * @param {string | undefined} text
 */
function inHead(piece, text) {
  const { parent } = piece;
  if (ts.isIfStatement(parent) && parent.expression === piece) {
    return `if (${text})`;
  }
  if (ts.isForOfStatement(parent) && parent.expression === piece) {
    return `for … of ${text}`;
  }
  return text === '' || text === ';' ? 'nothing' : text;
}

/**
 * The smallest piece around an edit that says what it is about.
 *
 * @param {ts.Node} node
 * @param {Edit} edit
 */
function tellingPiece(node, edit) {
  let piece = smallestAround(edit, node);
  while (lengthOf(piece) < tellingLength) {
    const { parent } = piece;
    const isWhole = ts.isBlock(parent) || ts.isSourceFile(parent);
    if (isWhole || lengthOf(parent) > longestName) break;
    piece = parent;
  }
  // Half of a template is nothing that could be read.
  return ts.isTemplateSpan(piece) ? piece.parent : piece;
}

/**
 * @param {Edit} edit
 * @param {ts.Node} node
 * @returns {ts.Node}
 */
function smallestAround(edit, node) {
  const child = ts.forEachChild(node, (child) =>
    child.getStart() <= edit.start && edit.end <= child.end ? child : undefined,
  );
  return child === undefined ? node : smallestAround(edit, child);
}

/** @param {ts.Node} node */
function lengthOf(node) {
  return node.end - node.getStart();
}

/** @param {ts.Node} token */
function spelling(token) {
  return spaceBefore(token) + token.getText();
}

/** @param {ts.Node} token */
function spaceBefore(token) {
  return token.getStart() > token.getFullStart() ? ' ' : '';
}

/** @param {readonly string[]} spellings */
function shown(spellings) {
  const text = spellings.join('').replace(/\s+/g, ' ').trim();
  return text.length <= longestName ? text : `${text.slice(0, 60)} …`;
}

/**
 * @param {string} text
 * @param {Edit} edit
 */
function apply(text, { start, end, replacement }) {
  return text.slice(0, start) + replacement + text.slice(end);
}

/**
 * @param {string} text
 * @param {Edit} edit
 */
function linesOf(text, edit) {
  const begin = text.lastIndexOf('\n', edit.start - 1) + 1;
  const rest = text.indexOf('\n', edit.end);
  const end = rest === -1 ? text.length : rest;
  const before = text.slice(begin, end);
  const after = apply(before, {
    start: edit.start - begin,
    end: edit.end - begin,
    replacement: edit.replacement,
  });
  return {
    line: text.slice(0, edit.start).split('\n').length,
    before: before.split('\n'),
    after: after.split('\n').filter((line) => line.trim() !== ''),
  };
}

/**
 * What stands between the marks of each region.
 *
 * @param {string} text
 */
function regionsOf(text) {
  const marks = [...text.matchAll(/^\s*\/\/ #(end)?region (\S+)$/gm)];
  return marks
    .filter(([, isEnd]) => isEnd === undefined)
    .map(({ index: start, 2: name }) => {
      const close = marks.find(
        ({ index, 1: isEnd, 2: other }) =>
          isEnd && other === name && index > start,
      );
      return { name: String(name), start, end: close?.index ?? text.length };
    });
}
