import ts from 'typescript';

/**
 * What is written in place of a part of the source.
 *
 * @typedef {object} Edit
 * @property {number} start
 * @property {number} end
 * @property {string} replacement
 */

/** @typedef {(node: ts.Node) => Edit[]} Mutator */

/**
 * The mistakes that are made on purpose. Each looks at one node, and says what
 * else could stand there by mistake.
 *
 * @satisfies {Readonly<Record<string, Mutator>>}
 */
export const mutators = {
  conditions,
  comparisons,
  logic,
  arithmetic,
  constants,
  statements,
  loops,
  awaits,
  cleanups,
  calls,
  chains,
  copies,
  properties,
};

/** @type {ReadonlyMap<ts.SyntaxKind, readonly string[]>} */
const comparisonsInstead = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, ['!==']],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, ['===']],
  [ts.SyntaxKind.LessThanToken, ['<=', '>=']],
  [ts.SyntaxKind.LessThanEqualsToken, ['<', '>']],
  [ts.SyntaxKind.GreaterThanToken, ['>=', '<=']],
  [ts.SyntaxKind.GreaterThanEqualsToken, ['>', '<']],
]);

/** @type {ReadonlyMap<ts.SyntaxKind, string>} */
const arithmeticInstead = new Map([
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '/'],
  [ts.SyntaxKind.SlashToken, '*'],
  [ts.SyntaxKind.AsteriskAsteriskToken, '*'],
  [ts.SyntaxKind.PlusEqualsToken, '-='],
  [ts.SyntaxKind.MinusEqualsToken, '+='],
  [ts.SyntaxKind.QuestionQuestionEqualsToken, '='],
]);

/** @type {ReadonlyMap<string, string>} */
const namesInstead = new Map([
  ['min', 'max'],
  ['max', 'min'],
  ['ceil', 'floor'],
  ['floor', 'ceil'],
  ['every', 'some'],
  ['some', 'every'],
]);

/** Calls that hand on what they were given, or something like it. */
const passingOn = ['catch', 'finally', 'filter', 'then'];

/**
 * A question that is always answered in the same way.
 *
 * @type {Mutator}
 */
function conditions(node) {
  const { parent } = node;
  const isLoop =
    (ts.isWhileStatement(parent) && parent.expression === node) ||
    (ts.isForStatement(parent) && parent.condition === node);
  if (isLoop) return [replace(node, 'false')];
  const isAsked =
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node) ||
    (isComparison(node) && !isSide(node));
  return isAsked ? [replace(node, 'true'), replace(node, 'false')] : [];
}

/** @param {ts.Node} node */
function isComparison(node) {
  return (
    ts.isBinaryExpression(node) &&
    comparisonsInstead.has(node.operatorToken.kind)
  );
}

/**
 * One side of an `and` or `or`: that the answer hangs on it is for `logic`.
 *
 * @param {ts.Node} node
 */
function isSide({ parent }) {
  return (
    ts.isBinaryExpression(parent) &&
    (parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      parent.operatorToken.kind === ts.SyntaxKind.BarBarToken)
  );
}

/** @type {Mutator} */
function comparisons(node) {
  if (!ts.isBinaryExpression(node)) return [];
  const { operatorToken } = node;
  const others = comparisonsInstead.get(operatorToken.kind) ?? [];
  return others.map((other) => replace(operatorToken, other));
}

/**
 * One side forgotten, `and` for `or`, and a lost `not`.
 *
 * @type {Mutator}
 */
function logic(node) {
  if (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.ExclamationToken
  ) {
    return [replace(node, node.operand.getText())];
  }
  if (!ts.isBinaryExpression(node)) return [];
  const { left, operatorToken, right } = node;
  const sides = [left, right].map((side) => replace(node, side.getText()));
  switch (operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return [...sides, replaceOperator(node, '||')];
    case ts.SyntaxKind.BarBarToken:
      return [...sides, replaceOperator(node, '&&')];
    case ts.SyntaxKind.QuestionQuestionToken:
      return sides;
    default:
      return [];
  }
}

/** @type {Mutator} */
function arithmetic(node) {
  if (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.MinusToken
  ) {
    return [replace(node, node.operand.getText())];
  }
  if (!ts.isBinaryExpression(node)) return [];
  const other = arithmeticInstead.get(node.operatorToken.kind);
  return other === undefined ? [] : [replaceOperator(node, other)];
}

/**
 * A number off by one, a text that is missing, the opposite.
 *
 * @type {Mutator}
 */
function constants(node) {
  if (ts.isNumericLiteral(node)) {
    const value = Number(node.text);
    // To add nothing is to forget the statement, which is another's mistake.
    const isStep = isAmount(node) && value === 1;
    const others = value === 0 ? [1] : isStep ? [2] : [value - 1, value + 1];
    return others.map((other) => replace(node, String(other)));
  }
  if (ts.isIdentifier(node) && node.text === 'Infinity') {
    return [replace(node, '0')];
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [replace(node, 'false')];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [replace(node, 'true')];
  if (ts.isStringLiteral(node)) {
    if (ts.isPropertyAssignment(node.parent) && node.parent.name === node) {
      return [];
    }
    return [replace(node, node.text === '' ? "'text'" : "''")];
  }
  return ts.isTemplateExpression(node) ? [replace(node, "''")] : [];
}

/**
 * What is added to something, or taken from it.
 *
 * @param {ts.Node} node
 */
function isAmount({ parent }) {
  return (
    ts.isBinaryExpression(parent) &&
    (parent.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken ||
      parent.operatorToken.kind === ts.SyntaxKind.MinusEqualsToken)
  );
}

/**
 * A statement forgotten. One that is all that an `if` does is left to the
 * condition, which can be `false`.
 *
 * @type {Mutator}
 */
function statements(node) {
  const isSimple =
    ts.isExpressionStatement(node) ||
    ts.isReturnStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isContinueStatement(node) ||
    ts.isBreakStatement(node);
  if (!isSimple) return [];
  const { parent } = node;
  const isAll =
    ts.isBlock(parent) && parent.statements.length === 1 ? parent : node;
  const branch = isAll.parent;
  if (ts.isIfStatement(branch) && branch.elseStatement === undefined) return [];
  return [replace(node, ts.isBlock(parent) ? '' : ';')];
}

/** @type {Mutator} */
function loops(node) {
  return ts.isForOfStatement(node) ? [replace(node.expression, '[]')] : [];
}

/** @type {Mutator} */
function awaits(node) {
  return ts.isAwaitExpression(node)
    ? [replace(node, node.expression.getText())]
    : [];
}

/**
 * `finally` and `catch` forgotten.
 *
 * @type {Mutator}
 */
function cleanups(node) {
  if (!ts.isTryStatement(node)) return [];
  const { catchClause, finallyBlock, tryBlock } = node;
  const edits = [];
  if (finallyBlock !== undefined) {
    const { end } = catchClause ?? tryBlock;
    const none = catchClause === undefined ? ' finally {}' : '';
    edits.push({ start: end, end: finallyBlock.end, replacement: none });
  }
  if (catchClause !== undefined) {
    const none = finallyBlock === undefined ? 'finally {}' : '';
    edits.push(replace(catchClause, none));
  }
  return edits;
}

/**
 * A call that is left out of its chain, or made of its opposite.
 *
 * @type {Mutator}
 */
function calls(node) {
  if (!ts.isCallExpression(node)) return [];
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee)) return [];
  const { text } = callee.name;
  const other = namesInstead.get(text);
  if (other !== undefined) return [replace(callee.name, other)];
  if (!passingOn.includes(text)) return [];
  const start = callee.expression.end;
  return [{ start, end: node.end, replacement: '' }];
}

/** @type {Mutator} */
function chains(node) {
  if (node.kind !== ts.SyntaxKind.QuestionDotToken) return [];
  const isAccess = ts.isPropertyAccessExpression(node.parent);
  return [replace(node, isAccess ? '.' : '')];
}

/**
 * The thing itself where a copy was taken of it.
 *
 * @type {Mutator}
 */
function copies(node) {
  if (!ts.isArrayLiteralExpression(node)) return [];
  const [element, ...others] = node.elements;
  if (element === undefined || others.length > 0) return [];
  if (!ts.isSpreadElement(element)) return [];
  return [replace(node, element.expression.getText())];
}

/**
 * A property forgotten.
 *
 * @type {Mutator}
 */
function properties(node) {
  if (!ts.isObjectLiteralElementLike(node)) return [];
  const literal = node.parent;
  if (!ts.isObjectLiteralExpression(literal)) return [];
  const following = literal.getText().slice(node.end - literal.getStart());
  const comma = /^\s*,/.exec(following)?.[0] ?? '';
  const start = node.getStart();
  return [{ start, end: node.end + comma.length, replacement: '' }];
}

/**
 * @param {ts.Node} node
 * @param {string} replacement
 * @returns {Edit}
 */
function replace(node, replacement) {
  return { start: node.getStart(), end: node.end, replacement };
}

/**
 * Takes care that the operands stay what they were.
 *
 * @param {ts.BinaryExpression} node
 * @param {string} operator
 */
function replaceOperator(node, operator) {
  const { left, operatorToken, right, parent } = node;
  const isPart = ts.isBinaryExpression(parent);
  if (!isPart) return replace(operatorToken, operator);
  const whole = `${left.getText()} ${operator} ${right.getText()}`;
  return replace(node, `(${whole})`);
}
