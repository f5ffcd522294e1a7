/**
 * Regions of a source file, marked by comments that stand alone on their lines:
 *
 *     // #region flush
 *     // #endregion flush
 *
 * `#`, `--` and `<!-- … -->` open a comment as well. Regions may nest.
 */
import { byNearness } from '../nearest.ts';

export interface SourceFile {
  /** Relative to the site, for messages. */
  readonly file: string;
  readonly text: string;
}

/** What to show of a file: regions by name, all of them inside the shown one. */
export interface Selection {
  /** Absent for the whole file. */
  readonly region?: string;
  readonly focus?: readonly string[];
  readonly highlight?: readonly string[];
  readonly hide?: readonly string[];
}

export interface ShownLine {
  readonly text: string;
  /** In the source file, from 1. */
  readonly number: number;
  /** How many columns of the source are left out before the text. */
  readonly indentation: number;
  /** Something else is in focus. */
  readonly dimmed: boolean;
  readonly highlighted: boolean;
  readonly hidden: boolean;
}

export interface Region {
  readonly name: string;
  /** The lines of its two markers, from 1. */
  readonly opened: number;
  readonly closed: number;
}

/** A region that cannot be shown, and where. */
export class RegionError extends Error {
  override readonly name = 'RegionError';
  readonly file: string;
  readonly line: number;
  /** The message without the place. */
  readonly problem: string;

  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
    this.file = file;
    this.line = line;
    this.problem = problem;
  }
}

/** The selected lines without markers and without their common indentation. */
export function selectLines(
  source: SourceFile,
  selection: Selection,
): ShownLine[] {
  const regions = parseRegions(source);
  const find = (name: string) => findRegion(source, regions, name);
  const shown =
    selection.region === undefined ? undefined : find(selection.region);
  const inside = (names: readonly string[] = []) => {
    const parts = names.map((name) => {
      const part = find(name);
      if (shown !== undefined && !contains(shown, part)) {
        throw new RegionError(
          source.file,
          part.opened,
          `region "${name}" is not inside of region "${shown.name}"`,
        );
      }
      return part;
    });
    return (line: number) =>
      parts.some((part) => part.opened < line && line < part.closed);
  };
  const isFocused = inside(selection.focus);
  const isHighlighted = inside(selection.highlight);
  const isHidden = inside(selection.hide);
  const hasFocus = (selection.focus ?? []).length > 0;

  const lines = visibleLines(source.text, shown);
  const indentation = commonIndentation(lines);
  return lines.map(({ text, number }) => ({
    text: text.slice(indentation),
    number,
    indentation,
    dimmed: hasFocus && !isFocused(number),
    highlighted: isHighlighted(number),
    hidden: isHidden(number),
  }));
}

/** All regions of a file, in the order in which they are opened. */
export function parseRegions({ file, text }: SourceFile): Region[] {
  const regions: Region[] = [];
  const open: Omit<Region, 'closed'>[] = [];
  const fail = (line: number, problem: string) => {
    throw new RegionError(file, line, problem);
  };
  linesOf(text).forEach((content, index) => {
    const line = index + 1;
    const marker = readMarker(content);
    if (marker === undefined) {
      if (looksLikeMarker(content)) {
        fail(line, 'expected a marker with a name, alone on its line');
      }
      return;
    }
    const { name } = marker;
    if (marker.kind === 'region') {
      const namesake = [...regions, ...open].find(
        (region) => region.name === name,
      );
      if (namesake !== undefined) {
        fail(
          line,
          `region "${name}" is there twice; the first one is opened in line ${namesake.opened}`,
        );
      }
      open.push({ name, opened: line });
      return;
    }
    const innermost = open.pop();
    if (innermost === undefined) {
      fail(line, `region "${name}" is closed, and was never opened`);
    } else if (innermost.name !== name) {
      fail(
        line,
        `expected the end of region "${innermost.name}", opened in line ${innermost.opened}, and found the end of "${name}"`,
      );
    } else {
      regions.push({ ...innermost, closed: line });
    }
  });
  const [unclosed] = open;
  if (unclosed !== undefined) {
    fail(unclosed.opened, `region "${unclosed.name}" is never closed`);
  }
  for (const region of regions) {
    const isEmpty = visibleLines(text, region).every(
      (line) => line.text.trim() === '',
    );
    if (isEmpty) fail(region.opened, `region "${region.name}" is empty`);
  }
  return regions.sort((a, b) => a.opened - b.opened);
}

export function isMarker(line: string): boolean {
  return readMarker(line) !== undefined;
}

function findRegion(
  { file }: SourceFile,
  regions: readonly Region[],
  name: string,
): Region {
  const region = regions.find((candidate) => candidate.name === name);
  if (region !== undefined) return region;
  const names = byNearness(
    name,
    regions.map((candidate) => candidate.name),
  );
  throw new RegionError(
    file,
    1,
    names.length === 0
      ? `no region "${name}"; the file has none`
      : `no region "${name}"; the file has ${names.join(', ')}`,
  );
}

function contains(outer: Region, inner: Region): boolean {
  return outer.opened < inner.opened && inner.closed < outer.closed;
}

const opener = String.raw`(?:\/\/|#|--|<!--)\s*`;
const markerPattern = new RegExp(
  String.raw`^\s*${opener}#(region|endregion)\s+([\w-]+)\s*(?:-->)?\s*$`,
);
const nearMarkerPattern = new RegExp(String.raw`${opener}#(?:end)?region\b`);

function readMarker(line: string) {
  const [, kind, name] = markerPattern.exec(line) ?? [];
  return name === undefined ? undefined : { kind, name };
}

function looksLikeMarker(line: string): boolean {
  return nearMarkerPattern.test(line);
}

interface NumberedLine {
  readonly text: string;
  readonly number: number;
}

/**
 * A marker's line vanishes together with the blank line behind it, where
 * another blank line or the region's edge is before it.
 */
function visibleLines(text: string, region: Region | undefined) {
  const all = linesOf(text).map((line, index) => ({
    text: line,
    number: index + 1,
  }));
  const inner = region ? all.slice(region.opened, region.closed - 1) : all;
  const visible: NumberedLine[] = [];
  let isBehindMarker = region !== undefined;
  for (const line of inner) {
    if (isMarker(line.text)) {
      isBehindMarker = true;
      continue;
    }
    const isBlank = line.text.trim() === '';
    const isBehindBlank = (visible.at(-1)?.text ?? '').trim() === '';
    if (isBlank && isBehindMarker && isBehindBlank) continue;
    visible.push(line);
    isBehindMarker = false;
  }
  const last = visible.findLastIndex((line) => line.text.trim() !== '');
  return region ? visible.slice(0, last + 1) : visible;
}

function commonIndentation(lines: readonly NumberedLine[]): number {
  return Math.min(
    ...lines
      .filter(({ text }) => text.trim() !== '')
      .map(({ text }) => text.length - text.trimStart().length),
  );
}

/** The end of the last line is not the beginning of another. */
function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}
