/**
 * Comments of examples, and their translations. The code exists once, for all
 * languages; a catalogue says what its comments read in another one.
 *
 * A unit of translation is one block comment, or a run of `//` lines that stand
 * alone, or one `//` behind code. Its key in the catalogue is what it says,
 * without markers and line breaks, so that re-wrapping a comment loses nothing.
 */
import ts from 'typescript';
import type { SourceFile } from './regions.ts';
import { narrow, wide } from './widths.ts';
import { displayWidth, wrap } from './wrap.ts';

export interface Comment {
  /** What it says: a line for each paragraph, list item and `@tag`. */
  readonly text: string;
  /** Of its first line, from 1. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly style: '//' | '/*' | '/**';
  /** Nothing else is on its lines. */
  readonly standsAlone: boolean;
  /** Its line begins between two tokens: a line may be put before it. */
  readonly mayMoveUp: boolean;
}

/** What a comment reads in another language; `undefined` leaves it as it is. */
export type Translate = (text: string) => string | undefined;

/** All comments that are written for people, in their order. */
export function findComments(source: SourceFile): Comment[] {
  return units(source)
    .map(({ ranges, ...unit }) => ({ ...unit, text: textOf(source, ranges) }))
    .filter(({ text }) => /\p{L}/u.test(text));
}

/** The source with its comments translated, as wide as it was. */
export function translateComments(
  source: SourceFile,
  translate: Translate,
): string {
  const width = widthOf(source.text);
  let result = '';
  let end = 0;
  for (const comment of findComments(source)) {
    const translation = translate(comment.text);
    if (translation === undefined) continue;
    const edit = replacement(source.text, comment, translation, width);
    result += source.text.slice(end, edit.start) + edit.text;
    end = comment.end;
  }
  return result + source.text.slice(end);
}

/** The code without its comments, token by token. */
export function tokensOf(source: SourceFile): string[] {
  return tokens(parse(source)).map((token) => token.text);
}

/** Files are formatted to one of two widths; so are their comments. */
function widthOf(text: string): number {
  const fitsNarrow = text
    .split('\n')
    .every((line) => displayWidth(line) <= narrow);
  return fitsNarrow ? narrow : wide;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Token {
  /** Of the whitespace and comments before it. */
  readonly fullStart: number;
  readonly start: number;
  readonly text: string;
}

type Unit = Omit<Comment, 'text'> & { readonly ranges: readonly Range[] };

function units(source: SourceFile): Unit[] {
  const { text } = source;
  const code = tokens(parse(source));
  const found: Unit[] = [];
  for (const range of commentRanges(text, code)) {
    if (isForMachines(text.slice(range.start, range.end))) continue;
    const before = lineBefore(text, range.start);
    const after = /^[^\r\n]*/.exec(text.slice(range.end))?.[0] ?? '';
    const standsAlone = before.trim() === '' && after.trim() === '';
    const style = styleOf(text.slice(range.start, range.end));
    const previous = found.at(-1);
    const continues =
      style === '//' &&
      standsAlone &&
      previous?.style === '//' &&
      previous.standsAlone &&
      before === lineBefore(text, previous.start) &&
      /^\r?\n[ \t]*$/.test(text.slice(previous.end, range.start));
    if (continues) {
      found[found.length - 1] = {
        ...previous,
        end: range.end,
        ranges: [...previous.ranges, range],
      };
    } else {
      const lineStart = range.start - before.length;
      found.push({
        ...range,
        line: text.slice(0, range.start).split('\n').length,
        style,
        standsAlone,
        mayMoveUp: !before.includes('/*') && !splitsToken(code, lineStart),
        ranges: [range],
      });
    }
  }
  return found;
}

/** Only the parser knows a comment from a template or a regular expression. */
function commentRanges(text: string, code: readonly Token[]): Range[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false);
  return code.flatMap(({ fullStart, start }) => {
    const ranges: Range[] = [];
    scanner.setText(text, fullStart, start - fullStart);
    for (
      let kind = scanner.scan();
      kind !== ts.SyntaxKind.EndOfFileToken;
      kind = scanner.scan()
    ) {
      if (
        kind === ts.SyntaxKind.SingleLineCommentTrivia ||
        kind === ts.SyntaxKind.MultiLineCommentTrivia
      ) {
        ranges.push({
          start: scanner.getTokenStart(),
          end: scanner.getTokenEnd(),
        });
      }
    }
    return ranges;
  });
}

function parse({ file, text }: SourceFile): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
}

function tokens(root: ts.SourceFile): Token[] {
  const found: Token[] = [];
  const visit = (node: ts.Node) => {
    const children = node
      .getChildren(root)
      .filter((child) => !ts.isJSDoc(child));
    if (children.length > 0) children.forEach(visit);
    else if (node.kind !== ts.SyntaxKind.SyntaxList) {
      found.push({
        fullStart: node.getFullStart(),
        start: node.getStart(root),
        text: node.getText(root),
      });
    }
  };
  visit(root);
  return found;
}

/** Templates reach over several lines. */
function splitsToken(code: readonly Token[], offset: number): boolean {
  return code.some(
    ({ start, text }) => start < offset && offset < start + text.length,
  );
}

function isForMachines(comment: string): boolean {
  return /^\/[/*]+\s*(?:#(?:end)?region\b|biome-ignore|@ts-|@vitest-|<|[cv]8 ignore)/.test(
    comment,
  );
}

function styleOf(comment: string): Comment['style'] {
  if (comment.startsWith('//')) return '//';
  return comment.startsWith('/**') ? '/**' : '/*';
}

function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

function textOf({ text }: SourceFile, ranges: readonly Range[]): string {
  const lines = ranges.flatMap(({ start, end }) => {
    const comment = text.slice(start, end);
    return comment.startsWith('//')
      ? [comment.slice(2)]
      : comment
          .replace(/^\/\*+/, '')
          .replace(/\*+\/$/, '')
          .split(/\r?\n/)
          .map((line) => line.replace(/^\s*\*(?!\*)/, ''));
  });
  return unwrap(lines.map((line) => line.replace(/^ /, '').trimEnd()));
}

/** Joins what a line break only wraps; code blocks stay as they are. */
function unwrap(lines: readonly string[]): string {
  const paragraphs: string[] = [];
  let isCode = false;
  let begins = true;
  for (const line of lines) {
    const isFence = line.trimStart().startsWith('```');
    if (isCode || isFence) {
      paragraphs.push(line);
      begins = true;
      if (isFence) isCode = !isCode;
    } else if (line.trim() === '') {
      if (paragraphs.at(-1) !== '') paragraphs.push('');
      begins = true;
    } else if (begins || /^\s*(?:[-*] |\d+\. |@\w)/.test(line)) {
      paragraphs.push(line.trim());
      begins = false;
    } else {
      paragraphs.push(`${paragraphs.pop()} ${line.trim()}`);
    }
  }
  return paragraphs.join('\n').trim();
}

interface Edit {
  readonly start: number;
  readonly text: string;
}

function replacement(
  text: string,
  comment: Comment,
  translation: string,
  width: number,
): Edit {
  const { start, style } = comment;
  const before = lineBefore(text, start);
  const indentation = /^\s*/.exec(before)?.[0] ?? '';
  const breakLine = text.includes('\r\n') ? '\r\n' : '\n';
  const roomBesideMarkers = width - displayWidth(indentation) - '// '.length;
  const lines = wrap(translation, roomBesideMarkers);

  if (comment.standsAlone) {
    const wasOneLine = !text.slice(start, comment.end).includes('\n');
    const isOneLine =
      wasOneLine &&
      lines.length === 1 &&
      displayWidth(`${indentation}${style} ${translation} */`) <= width;
    return {
      start,
      text: dress(lines, style, isOneLine).join(breakLine + indentation),
    };
  }
  if (style !== '//') {
    const inPlace = translation.split(/\s*\n\s*/).join(' ');
    return { start, text: `${style} ${inPlace} */` };
  }
  const inPlace = `// ${translation.split(/\s*\n\s*/).join(' ')}`;
  const fits = displayWidth(before + inPlace) <= width;
  if (fits || !comment.mayMoveUp) return { start, text: inPlace };
  // Behind its code there is no room: it stands on the lines above.
  const above = dress(lines, style, false);
  return {
    start: start - before.length,
    text: [...above.map((line) => indentation + line), before.trimEnd()].join(
      breakLine,
    ),
  };
}

function dress(
  lines: readonly string[],
  style: Comment['style'],
  asOneLine: boolean,
): string[] {
  if (style === '//') return lines.map((line) => `// ${line}`.trimEnd());
  if (asOneLine) return [`${style} ${lines.join(' ')} */`];
  return [style, ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'];
}
