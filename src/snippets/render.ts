/** Code as the HTML that stands inside of a page's `<code>`. */
import { escapeText } from '../html.ts';
import { type Translate, translateComments } from './comments.ts';
import { highlight, type Token } from './highlight.ts';
import type { Language } from './languages.ts';
import {
  parseRegions,
  type Selection,
  type ShownLine,
  type SourceFile,
  selectLines,
} from './regions.ts';

export interface RenderedCode {
  readonly html: string;
  /** How many lines the page shows, to keep their room. */
  readonly height: number;
  /** Whether there are lines that are folded away. */
  readonly folds: boolean;
}

/** A part of an example, with its comments in the reader's language. */
export async function renderExample(
  source: SourceFile,
  language: Language,
  selection: Selection = {},
  translate?: Translate,
): Promise<RenderedCode> {
  // Before comments are translated, so that an error names the source's line.
  parseRegions(source);
  const text =
    translate && language.tested
      ? translateComments(source, translate)
      : source.text;
  // The whole file is highlighted, since a part alone may mean another thing.
  const tokens = await highlightOnce(text, language);
  const lines = selectLines({ ...source, text }, selection).map((line) => ({
    ...line,
    tokens: cut(tokens[line.number - 1] ?? [], line.indentation),
  }));
  return render(lines);
}

/** Code that stands on the page itself. */
export async function renderCode(
  code: string,
  language: Language,
): Promise<RenderedCode> {
  const tokens = await highlight(code, language);
  return render(tokens.map((line) => ({ ...plainLine, tokens: line })));
}

type Line = Pick<ShownLine, 'dimmed' | 'highlighted' | 'hidden'> & {
  readonly tokens: readonly Token[];
};

const plainLine = { dimmed: false, highlighted: false, hidden: false };

function render(lines: readonly Line[]): RenderedCode {
  const parts = lines.map((line, index) => {
    const opens = line.hidden && lines[index - 1]?.hidden !== true;
    const closes = line.hidden && lines[index + 1]?.hidden !== true;
    // The line break is a part of its line: the text of the element is the code.
    const end = index === lines.length - 1 ? '' : '\n';
    return {
      opens,
      html:
        (opens ? '<span class="fold">' : '') +
        renderLine(line, end) +
        (closes ? '</span>' : ''),
    };
  });
  const folds = parts.filter(({ opens }) => opens).length;
  return {
    html: parts.map(({ html }) => html).join(''),
    height: lines.filter(({ hidden }) => !hidden).length + folds,
    folds: folds > 0,
  };
}

function renderLine(line: Line, end: string): string {
  const classes = ['line'];
  if (line.dimmed) classes.push('dimmed');
  if (line.highlighted) classes.push('highlighted');
  const content = line.tokens.map(({ text, kind }) =>
    kind === undefined || line.dimmed
      ? escapeText(text)
      : `<span class="${kind}">${escapeText(text)}</span>`,
  );
  return `<span class="${classes.join(' ')}">${content.join('')}${end}</span>`;
}

function cut(tokens: readonly Token[], columns: number): Token[] {
  let left = columns;
  return tokens.flatMap((token) => {
    const text = token.text.slice(left);
    left = Math.max(0, left - token.text.length);
    return text === '' ? [] : [{ ...token, text }];
  });
}

const rememberedFiles = 64;
const highlighted = new Map<string, Promise<Token[][]>>();

/** Pages show many parts of few files, in the server's and browser's bundles. */
function highlightOnce(text: string, language: Language) {
  const key = `${language.name}\n${text}`;
  const known = highlighted.get(key);
  if (known !== undefined) return known;
  const [oldest] = highlighted.keys();
  if (oldest !== undefined && highlighted.size >= rememberedFiles) {
    highlighted.delete(oldest);
  }
  const tokens = highlight(text.replaceAll('\r\n', '\n'), language);
  highlighted.set(key, tokens);
  return tokens;
}
