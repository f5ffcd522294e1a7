/**
 * What a PromQL expression reads: enough of the language to tell the name of a
 * metric from a function, a label and a keyword. It does not evaluate.
 */

// #region read
export interface Selector {
  readonly metric: string;
  /** Whether it asks for a range, as in `metric[5m]`. */
  readonly isRange: boolean;
  /** The labels that its matchers name. */
  readonly labels: readonly string[];
}

export interface Reading {
  readonly selectors: readonly Selector[];
  /** The labels by which it groups or joins. */
  readonly grouping: readonly string[];
}
// #endregion read

const token =
  /\s+|#.*|(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)|(?<name>[a-zA-Z_:][\w:]*)|(?<other>\$\{\w+\}|\$\w+|\d[\w.]*|\.\d\w*|[=!]~|[=!<>]=|[-+*/%^=<>()[\]{},:@])/y;

const grouping = new Set([
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
]);

/** Words that may stand where a metric could, and are none. */
const keywords = new Set([
  ...grouping,
  ...['and', 'or', 'unless', 'atan2', 'bool', 'offset', 'inf', 'nan'],
]);

export function readPromql(expression: string): Reading {
  const tokens = tokensOf(expression);
  const selectors: Selector[] = [];
  const groupedBy: string[] = [];
  let place = 0;
  const textAt = (index: number) => tokens[index]?.text;

  /** The names between here and the end of the bracket. */
  const namesUntil = (end: string): string[] => {
    const names: string[] = [];
    while (textAt(place) !== end) {
      const next = tokens[place];
      if (next === undefined) {
        throw new SyntaxError(`expected ${end} at the end of ${expression}`);
      }
      if (next.isName) names.push(next.text);
      place += 1;
    }
    place += 1;
    return names;
  };

  while (place < tokens.length) {
    const { text, isName } = tokens[place] ?? { text: '', isName: false };
    place += 1;
    if (text === '{') {
      throw new SyntaxError(`expected a metric before { in ${expression}`);
    }
    if (text === '[') namesUntil(']');
    if (!isName) continue;
    const isCall = textAt(place) === '(';
    if (grouping.has(text) && isCall) {
      groupedBy.push(...namesUntil(')'));
    } else if (!isCall && !keywords.has(text.toLowerCase())) {
      // As in `sum by (le) (…)`, where no bracket follows at once.
      const next = textAt(place) ?? '';
      if (next === 'by' || next === 'without') continue;
      const labels: string[] = [];
      if (textAt(place) === '{') {
        place += 1;
        labels.push(...namesUntil('}'));
      }
      const isRange = textAt(place) === '[';
      selectors.push({ metric: text, isRange, labels });
    }
  }
  return { selectors, grouping: groupedBy };
}

function tokensOf(expression: string): { text: string; isName: boolean }[] {
  const tokens: { text: string; isName: boolean }[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < expression.length) {
    const { lastIndex } = token;
    const match = token.exec(expression);
    if (match === null) {
      throw new SyntaxError(
        `expected PromQL, got ${expression.slice(lastIndex)}`,
      );
    }
    const { string, name, other } = match.groups ?? {};
    const text = string ?? name ?? other;
    if (text !== undefined) tokens.push({ text, isName: name !== undefined });
  }
  return tokens;
}
